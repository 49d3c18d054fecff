package tg.checks;

import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.OpensTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Rules about modules and packages: their names, their exports, and that they form no cycle.
final class Packages {
  static final int EXPORTS = 3;

  private static final Pattern MODULE_FILE =
      Pattern.compile("modules/([^/]+)/src/(\\w+)/java/(.*)");

  private Packages() {}

  static List<Finding> misplaced(List<Source> sources) {
    var findings = new ArrayList<Finding>();
    for (var source : sources) {
      var place = MODULE_FILE.matcher(source.file());
      if (!place.matches()) {
        continue;
      }
      var module = place.group(1);
      var declared = source.tree().getModule();
      if (declared != null) {
        if (!declared.getName().toString().equals(module)) {
          findings.add(
              source.finding(
                  declared,
                  "module " + declared.getName() + " is in folder " + module + ": rename one"));
        }
      } else if (!isInside(source.packageName(), module)) {
        findings.add(
            source.finding(
                source.tree(),
                "package %s is not in module %s: a module's packages begin with its name"
                    .formatted(source.packageName(), module)));
      }
    }
    return findings;
  }

  static List<Finding> wideExports(List<Source> sources) {
    var findings = new ArrayList<Finding>();
    for (var source : sources) {
      var module = source.tree().getModule();
      if (module == null) {
        continue;
      }
      var exports = 0;
      for (var directive : module.getDirectives()) {
        if (directive instanceof ExportsTree export) {
          exports++;
          if (export.getModuleNames() != null) {
            findings.add(
                source.finding(export, "qualified export: export it to all, or not at all"));
          }
        }
        if (directive instanceof OpensTree) {
          findings.add(source.finding(directive, "opens: nothing of ours needs reflection"));
        }
      }
      if (exports > EXPORTS) {
        findings.add(
            source.finding(
                module,
                "%d packages are exported, at most %d are allowed: make types package-private"
                    .formatted(exports, EXPORTS)));
      }
    }
    return findings;
  }

  /// Cycles between packages, by the imports of main sources.
  static List<Finding> cycles(List<Source> sources) {
    var own = new TreeSet<String>();
    sources.forEach(source -> own.add(source.packageName()));
    var uses = new TreeMap<String, Map<String, Finding>>();
    for (var source : sources) {
      for (var imported : source.tree().getImports()) {
        var to = packageOf(imported, own);
        if (to != null && !to.equals(source.packageName())) {
          uses.computeIfAbsent(source.packageName(), _ -> new TreeMap<>())
              .putIfAbsent(to, source.finding(imported, to));
        }
      }
    }
    var findings = new ArrayList<Finding>();
    uses.forEach((from, targets) ->
        targets.forEach((to, at) -> {
          if (reachable(to, uses).contains(from)) {
            findings.add(
                new Finding(
                    at.file(),
                    at.line(),
                    "packages %s and %s need each other: move what both need into one of them"
                        .formatted(from, to)));
          }
        }));
    return findings;
  }

  private static Set<String> reachable(String from, Map<String, Map<String, Finding>> uses) {
    var seen = new LinkedHashSet<String>();
    var open = new ArrayList<>(List.of(from));
    while (!open.isEmpty()) {
      var next = open.removeLast();
      if (seen.add(next)) {
        open.addAll(uses.getOrDefault(next, Map.of()).keySet());
      }
    }
    return seen;
  }

  private static @Nullable String packageOf(ImportTree imported, NavigableSet<String> own) {
    var name = imported.getQualifiedIdentifier().toString();
    return own.descendingSet().stream()
        .filter(each -> isInside(name, each))
        .findFirst()
        .orElse(null);
  }

  private static boolean isInside(String name, String outer) {
    return name.equals(outer) || name.startsWith(outer + ".");
  }
}
