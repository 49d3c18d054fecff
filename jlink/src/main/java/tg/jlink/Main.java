package tg.jlink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeSet;

/// `java -m tg.jlink/tg.jlink.Main MODULES FOLDER EPOCH [LISTS]`: from a folder of modules, builds
/// the files of the images in `FOLDER/shared`, `FOLDER/bot` and `FOLDER/worker`. All get the same
/// time, in seconds since 1970, so that a layer whose content is the same is the same layer. With
/// `LISTS`, the programs are trained first, and their class lists are written to this folder.
final class Main {
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
    for (var program : Program.values()) {
      var tree = FileTree.at(folder.resolve(program.label()));
      ClassCache.make(java, tree.resolve("tg"), ClassList.recorded(program));
      tree.settle(time);
    }
  }

  private static void train(Path modules, Path folder, Instant time, Path lists) {
    var java = files(modules, folder, time);
    new Training(java, folder)
        .classes()
        .forEach((program, classes) -> {
          try {
            Files.write(lists.resolve(ClassList.file(program)), classes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /// {@return the program `java` of the runtime}
  private static Path files(Path modules, Path folder, Instant time) {
    var foundations = new TreeSet<String>();
    for (var program : Program.values()) {
      var closure = Closure.of(modules, program.module());
      foundations.addAll(closure.foundations());
      var tree = FileTree.empty(folder.resolve(program.label()));
      program.write(tree, closure);
      tree.settle(time);
    }
    var shared = FileTree.empty(folder.resolve("shared"));
    JavaRuntime.link(shared, modules, foundations);
    shared.settle(time);
    return shared.resolve(JavaRuntime.HOME + "/bin/java");
  }
}
