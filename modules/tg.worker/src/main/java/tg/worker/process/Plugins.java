package tg.worker.process;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tg.process.InvalidSettings;
import tg.worker.TaskHandler;

/// The folder `TG_PLUGINS`: modules with handlers, and what they need beside the worker. They
/// become a module layer over the worker's, with a class loader for each module, so that two
/// plugins may bring two versions of a library. Whatever is wrong with them is told at once, before
/// the worker takes a task. Immutable.
///
/// @param folder what the operator named
/// @param jars in it, by the names of their modules
record Plugins(Path folder, Map<String, PluginJar> jars) {
  private static final System.Logger LOG = System.getLogger("tg.worker");

  /// {@return every handler there is: on the module path, and among the plugins}
  ///
  /// @throws InvalidSettings when a plugin cannot be used: in which jar, why, and what to do
  static List<TaskHandler> handlers(Optional<Path> folder) {
    var base = Plugins.class.getModule().getLayer();
    if (folder.isEmpty()) {
      return new Plugins(Path.of(""), Map.of()).load(base);
    }
    var plugins = read(folder.get(), base);
    return plugins.load(plugins.over(base));
  }

  private static Plugins read(Path folder, ModuleLayer base) {
    var problems = new ArrayList<String>();
    var jars = new HashMap<String, PluginJar>();
    for (var path : paths(folder)) {
      try {
        var jar = PluginJar.read(path);
        var module = jar.descriptor().name();
        if (module.startsWith("tg.") && base.findModule(module).isPresent()) {
          LOG.log(Level.INFO, jar.name() + " is passed over: the worker has " + module + " itself");
          continue;
        }
        var other = jars.putIfAbsent(module, jar);
        if (other != null) {
          problems.add(
              jar.name() + " and " + other.name() + " are both module " + module + ": keep one");
        }
      } catch (IllegalArgumentException e) {
        problems.add(path.getFileName() + " " + e.getMessage());
      }
    }
    refuseIfAny(folder, problems);
    if (jars.isEmpty()) {
      LOG.log(Level.WARNING, "TG_PLUGINS=" + folder + " holds no plugin");
    }
    return new Plugins(folder, Map.copyOf(jars));
  }

  /// The jars in the folder; or the folder itself, when it holds the classes of a module.
  private static List<Path> paths(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw refusal(folder, List.of("there is no such folder: name one with the jars of handlers"));
    }
    if (Files.exists(folder.resolve("module-info.class"))) {
      return List.of(folder.toAbsolutePath().normalize());
    }
    try (var all = Files.list(folder)) {
      return all.filter(path -> path.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw refusal(folder, List.of("it cannot be read: " + e));
    }
  }

  private ModuleLayer over(ModuleLayer base) {
    var references = jars.values().stream().map(PluginJar::path).toArray(Path[]::new);
    var roots =
        jars.values().stream()
            .filter(PluginJar::hasHandlers)
            .map(jar -> jar.descriptor().name())
            .collect(Collectors.toSet());
    try {
      var resolved =
          base.configuration().resolve(ModuleFinder.of(references), ModuleFinder.of(), roots);
      refuseIfAny(
          folder, unused(resolved.modules().stream().map(each -> each.reference()).toList()));
      return ModuleLayer.defineModulesWithManyLoaders(
              resolved, List.of(base), Plugins.class.getClassLoader())
          .layer();
    } catch (FindException | ResolutionException | LayerInstantiationException e) {
      throw refusal(folder, List.of(blamed(PluginJar.words(e)) + advice(PluginJar.words(e))));
    }
  }

  private List<String> unused(List<ModuleReference> used) {
    var names = used.stream().map(reference -> reference.descriptor().name()).toList();
    return jars.values().stream()
        .filter(jar -> !names.contains(jar.descriptor().name()))
        .map(jar -> jar.name() + " " + jar.uselessness())
        .sorted()
        .toList();
  }

  private List<TaskHandler> load(ModuleLayer layer) {
    var found = new ArrayList<TaskHandler>();
    try {
      ServiceLoader.load(layer, TaskHandler.class).forEach(found::add);
      return List.copyOf(found);
    } catch (ServiceConfigurationError e) {
      var words = PluginJar.words(e);
      var what = PluginJar.tooNew(words).orElse("has a handler that cannot be made: " + words);
      throw refusal(folder, List.of(blamed(words) + what));
    }
  }

  /// {@return the jars that a text of the JDK's speaks of}
  private String blamed(String words) {
    var names =
        jars.values().stream()
            .filter(jar -> jar.isIn(words))
            .map(PluginJar::name)
            .sorted()
            .toList();
    return names.isEmpty() ? "" : String.join(" and ", names) + " ";
  }

  private static String advice(String words) {
    var missing = Pattern.compile("Module (\\S+) not found, required by").matcher(words);
    if (missing.find()) {
      var name = missing.group(1);
      return "cannot be used: "
          + words
          + (name.startsWith("java.") || name.startsWith("jdk.")
              ? "; this Java runtime lacks "
                  + name
                  + ", see 'Modules of the JDK' in docs/handlers.md"
              : "; put the jar of " + name + " beside it");
    }
    return words.contains("package") || words.contains("Package")
        ? "cannot be used: "
            + words
            + "; a package may be in one module only: rename it in the others"
        : "cannot be used: " + words;
  }

  private static void refuseIfAny(Path folder, List<String> problems) {
    if (!problems.isEmpty()) {
      throw refusal(folder, problems);
    }
  }

  private static InvalidSettings refusal(Path folder, List<String> problems) {
    return new InvalidSettings(
        problems.stream().map(problem -> "TG_PLUGINS=" + folder + ": " + problem).toList());
  }
}
