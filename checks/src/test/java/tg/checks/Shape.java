package tg.checks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Rules about the size of files and methods, and about the names of types.
final class Shape {
  static final int FILE_LINES = 400;
  static final int METHOD_LINES = 60;

  private static final Pattern SIZED = Pattern.compile(".*/src/.*[.](java|lua|js|css|html)");
  private static final Pattern BANNED =
      Pattern.compile(
          "(Abstract|Base|Default)(\\p{Lu}.*)?|I\\p{Lu}\\p{Ll}.*"
              + "|.*(Util|Utils|Helper|Helpers|Manager|Processor|Impl)(\\p{Lu}.*)?");

  private Shape() {}

  static List<Finding> longFiles(Map<String, String> texts) {
    var findings = new ArrayList<Finding>();
    texts.forEach((file, text) -> {
      var lines = text.lines().count();
      if (SIZED.matcher(file).matches() && lines > FILE_LINES) {
        findings.add(
            new Finding(
                file,
                FILE_LINES + 1,
                "%d lines, at most %d are allowed: give one concept a file of its own"
                    .formatted(lines, FILE_LINES)));
      }
    });
    return findings;
  }

  static List<Finding> longMethods(List<Source> sources) {
    var findings = new ArrayList<Finding>();
    for (var source : sources) {
      for (var method : source.all(MethodTree.class)) {
        var lines = source.lines(method);
        if (lines > METHOD_LINES) {
          findings.add(
              source.finding(
                  method,
                  "%s has %d lines, at most %d are allowed: name a step of it and move it out"
                      .formatted(method.getName(), lines, METHOD_LINES)));
        }
      }
    }
    return findings;
  }

  static List<Finding> bannedNames(List<Source> sources) {
    var findings = new ArrayList<Finding>();
    for (var source : sources) {
      for (var type : source.all(ClassTree.class)) {
        if (BANNED.matcher(type.getSimpleName()).matches()) {
          findings.add(
              source.finding(
                  type,
                  type.getSimpleName()
                      + " says how it is built: name it by its role (Lease, Backoff, Store)"));
        }
      }
    }
    return findings;
  }
}
