package tg.jlink;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/// `java -m tg.jlink/tg.jlink.Main MODULES FOLDER EPOCH`: from a folder of modules, builds the
/// files of the images in `FOLDER/shared`, `FOLDER/bot` and `FOLDER/worker`. All get the same time,
/// in seconds since 1970, so that a layer whose content is the same is the same layer.
final class Main {
  private Main() {}

  static void main(String[] args) {
    if (args.length != 3) {
      System.err.println("usage: tg.jlink.Main MODULES FOLDER EPOCH");
      System.exit(2);
    }
    try {
      var time = Instant.ofEpochSecond(Long.parseLong(args[2]));
      build(Path.of(args[0]).toAbsolutePath(), Path.of(args[1]).toAbsolutePath(), time);
    } catch (BuildError e) {
      System.err.println("tg: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void build(Path modules, Path folder, Instant time) {
    var programs = List.of(Program.BOT, Program.WORKER);
    var closures = programs.stream().map(each -> Closure.of(modules, each.module())).toList();
    var foundations = new TreeSet<String>();
    closures.forEach(closure -> foundations.addAll(closure.foundations()));
    var shared = FileTree.empty(folder.resolve("shared"));
    JavaRuntime.link(shared, modules, foundations);
    shared.settle(time);
    for (int i = 0; i < programs.size(); i++) {
      var tree = FileTree.empty(folder.resolve(programs.get(i).label()));
      programs.get(i).write(tree, closures.get(i));
      tree.settle(time);
    }
  }
}
