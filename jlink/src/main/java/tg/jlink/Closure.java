package tg.jlink;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Every module that a program needs, by what its descriptor requires. Immutable.
///
/// @param references by name
record Closure(SortedMap<String, ModuleReference> references) {

  /// {@return the closure of a module}
  ///
  /// @param modulePath where the modules that are not of the JDK are
  /// @throws BuildError when one of them has no descriptor of its own, because jlink takes only
  ///   real modules
  static Closure of(Path modulePath, String root) {
    var finder = ModuleFinder.compose(ModuleFinder.of(modulePath), ModuleFinder.ofSystem());
    var resolved = Configuration.empty().resolve(finder, ModuleFinder.of(), Set.of(root));
    var references = new TreeMap<String, ModuleReference>();
    for (ResolvedModule module : resolved.modules()) {
      if (module.reference().descriptor().isAutomatic()) {
        throw new BuildError(
            module.name() + " has no module descriptor: give it one, see third-party/README.md");
      }
      references.put(module.name(), module.reference());
    }
    return new Closure(references);
  }

  /// {@return the modules of the JDK and of others: all but ours}
  Set<String> foundations() {
    var names = new TreeSet<>(references.keySet());
    names.removeAll(ours());
    return names;
  }

  /// {@return our modules}
  Set<String> ours() {
    var names = new TreeSet<String>();
    references.keySet().stream().filter(name -> name.startsWith("tg.")).forEach(names::add);
    return names;
  }

  /// {@return the modules that come as a jar, ours and those of others}
  Set<String> jars() {
    var names = new TreeSet<String>();
    references.forEach((name, reference) -> {
      if (!isOfJdk(reference)) {
        names.add(name);
      }
    });
    return names;
  }

  /// {@return where the jar of a module is}
  Path jar(String name) {
    var reference = references.get(name);
    if (reference == null) {
      throw new BuildError("module " + name + " is not on the module path");
    }
    return Path.of(reference.location().orElseThrow());
  }

  private static boolean isOfJdk(ModuleReference reference) {
    return reference.location().filter(uri -> uri.getScheme().equals("jrt")).isPresent();
  }
}
