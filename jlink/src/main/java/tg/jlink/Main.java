package tg.jlink;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// `java -m tg.jlink/tg.jlink.Main MODULES FOLDER EPOCH [LISTS]`: from a folder of modules, builds
/// the files of the images in `FOLDER/shared`, `FOLDER/programs`, `FOLDER/bot` and `FOLDER/worker`.
/// All get the same time, in seconds since 1970, so that a layer whose content is the same is the
/// same layer. With `LISTS`, the programs are trained first, and their class lists are written to
/// this folder.
final class Main {
  private static final String PROGRAMS = "programs";

  private Main() {}

  static void main(String[] args) {
    if (args.length < 3 || args.length > 4) {
      System.err.println("usage: tg.jlink.Main MODULES FOLDER EPOCH [LISTS]");
      System.exit(2);
    }
    try {
      var folder = Path.of(args[1]).toAbsolutePath();
      var time = Instant.ofEpochSecond(Long.parseLong(args[2]));
      if (args.length == 4) {
        train(Path.of(args[0]).toAbsolutePath(), folder, time, Path.of(args[3]));
      } else {
        build(Path.of(args[0]).toAbsolutePath(), folder, time);
      }
    } catch (BuildError e) {
      System.err.println("tg: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void build(Path modules, Path folder, Instant time) {
    var java = files(modules, folder, time);
    var programs = FileTree.at(folder.resolve(PROGRAMS));
    ClassCache.make(
        java, programs.resolve(Program.HOME), Program.BOT.arguments(folder), ClassList.recorded());
    programs.settle(time);
  }

  private static void train(Path modules, Path folder, Instant time, Path lists) {
    var java = files(modules, folder, time);
    var home = folder.resolve(PROGRAMS).resolve(Program.HOME);
    try {
      Files.write(lists.resolve(ClassList.FILE), new Training(java, home, folder).classes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Builds all but the cache.
  ///
  /// @return the program `java` of the runtime
  private static Path files(Path modules, Path folder, Instant time) {
    var closures =
        Stream.of(Program.values()).map(program -> Closure.of(modules, program.module())).toList();
    var shared = FileTree.empty(folder.resolve("shared"));
    JavaRuntime.link(shared, modules, names(closures, Closure::foundations));
    shared.settle(time);
    var programs = FileTree.empty(folder.resolve(PROGRAMS));
    modules(programs, closures);
    programs.settle(time);
    for (var program : Program.values()) {
      var tree = FileTree.empty(folder.resolve(program.label()));
      program.write(tree);
      tree.settle(time);
    }
    return shared.resolve(JavaRuntime.HOME + "/bin/java");
  }

  private static void modules(FileTree tree, List<Closure> closures) {
    var jars = new TreeMap<String, ModuleJar>();
    for (var closure : closures) {
      for (var name : closure.jars()) {
        jars.computeIfAbsent(name, _ -> ModuleJar.read(closure.jar(name)));
      }
    }
    var hierarchy = ModuleJar.hierarchy(jars.values());
    var ours = names(closures, Closure::ours);
    jars.forEach((name, jar) -> {
      if (ours.contains(name)) {
        jar.write(tree.resolve(Program.HOME + "/modules/" + name + ".jar"), hierarchy);
      }
    });
  }

  private static Set<String> names(List<Closure> closures, Function<Closure, Set<String>> which) {
    return closures.stream().map(which).flatMap(Set::stream).collect(toCollection(TreeSet::new));
  }
}
