package tg.jlink;

/// What runs in an image.
enum Program {
  BOT("bot", "tg.bot", "tg.bot.Main"),
  WORKER("worker", "tg.worker", "tg.worker.process.Main");

  private final String label;
  private final String module;
  private final String main;

  Program(String label, String module, String main) {
    this.label = label;
    this.module = module;
    this.main = main;
  }

  String label() {
    return label;
  }

  String module() {
    return module;
  }

  /// Adds our modules, and the arguments that start the program.
  void write(FileTree tree, Closure closure) {
    for (var name : closure.ours()) {
      tree.copy(closure.jar(name), "tg/modules/" + name + ".jar");
    }
    tree.text(
        "tg/run",
        """
        # Arguments of java, for: java @/tg/run
        -XX:+UseSerialGC
        -XX:+UseCompactObjectHeaders
        -XX:-UsePerfData
        -Xmx64m
        -Dstdout.encoding=UTF-8
        -Dstderr.encoding=UTF-8
        -p /tg/modules
        -m %s/%s
        """
            .formatted(module, main));
  }
}
