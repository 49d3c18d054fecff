package tg.checks;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Rules about what may not be written: unfinished work, reactive types, places on one machine; and
/// about what must be: the headers of Lua scripts.
final class Words {
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
  private static final Pattern REACTIVE =
      Pattern.compile(
          "java[.]util[.]concurrent[.](Flow|SubmissionPublisher|CompletionStage|CompletableFuture)"
              + "|org[.]reactivestreams|reactor[.]core|io[.]reactivex|kotlinx[.]coroutines");
  private static final Pattern ONE_MACHINE =
      Pattern.compile(
          "(?<![\\w.$}*])/(work|root|farm|home/\\w+)/"
              + "|\\b(repo1?|registry|deb|security|plugins|proxy)[.](maven|npmjs|debian|gradle|golang)"
              + "|\\b(pypi|files[.]pythonhosted)[.]org");
  private static final Pattern JDK_FOLDER = Pattern.compile("/usr/lib/jvm/\\w");
  private static final List<String> HEADER = List.of("KEYS", "ARGV", "Returns", "Atomic");

  private Words() {}

  static List<Finding> unfinished(Map<String, String> texts) {
    return matches(
        texts, Pattern.compile(".*/src/main/.*"), UNFINISHED, "finish it, or file an issue");
  }

  static List<Finding> oneMachine(Map<String, String> texts) {
    var findings = new ArrayList<Finding>();
    var all = Pattern.compile(".*");
    findings.addAll(
        matches(
            texts, all, ONE_MACHINE, "a place of one machine or registry: leave it to settings"));
    findings.addAll(
        matches(texts, all, JDK_FOLDER, "one JDK of one machine: let ./tg find the JDK"));
    return findings;
  }

  static List<Finding> reactive(List<Source> sources) {
    var findings = new ArrayList<Finding>();
    for (var source : sources) {
      Stream.concat(
              source.all(MemberSelectTree.class).stream()
                  .filter(name -> REACTIVE.matcher(name.toString()).matches()),
              source.all(IdentifierTree.class).stream()
                  .filter(name -> name.getName().contentEquals("CompletableFuture")))
          .map(name -> source.finding(name, name + " is not used here: block on a virtual thread"))
          .forEach(findings::add);
    }
    return findings;
  }

  /// Lua scripts without a header that says KEYS, ARGV, what they return and why they are atomic.
  static List<Finding> headerless(Map<String, String> texts) {
    var findings = new ArrayList<Finding>();
    texts.forEach((file, text) -> {
      if (!file.endsWith(".lua") || !file.contains("/src/main/")) {
        return;
      }
      var header = String.join("\n", text.lines().takeWhile(l -> l.startsWith("--")).toList());
      for (var word : HEADER) {
        var used = !word.equals(word.toUpperCase(Locale.ROOT)) || text.contains(word + "[");
        if (used && !header.contains(word)) {
          findings.add(
              new Finding(file, 1, "the comment at its top does not say '" + word + "': add it"));
        }
      }
    });
    return findings;
  }

  private static List<Finding> matches(
      Map<String, String> texts, Pattern files, Pattern words, String advice) {
    var findings = new ArrayList<Finding>();
    texts.forEach((file, text) -> {
      if (!files.matcher(file).matches()) {
        return;
      }
      var number = 0;
      for (var line : text.lines().toList()) {
        number++;
        var match = words.matcher(line);
        if (match.find()) {
          findings.add(new Finding(file, number, "'" + match.group() + "': " + advice));
        }
      }
    });
    return findings;
  }
}
