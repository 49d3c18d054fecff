package tg.jlink;

/// What runs in an image.
enum Program {
  BOT("bot", "tg.bot", "tg.bot.Main"),
  WORKER("worker", "tg.worker", "tg.worker.process.Main");

  /// The file of arguments of `java`, in its folder.
  static final String ARGUMENTS = "run";

  /// The file of classes, in its folder.
  static final String CACHE = "cache.jsa";

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
    tree.text("tg/" + ARGUMENTS, arguments());
  }

  /// Places are relative to the folder, because the cache is made for the names that it is used
  /// with, and is made outside of the image.
  private String arguments() {
    return """
    # The arguments of java: cd /tg; bin/java @run
    -XX:+UseSerialGC
    -XX:+UseCompactObjectHeaders
    -XX:-UsePerfData
    -Xms8m
    -Xmx64m
    -Xmn4m
    -XX:TieredStopAtLevel=1
    -XX:ReservedCodeCacheSize=24m
    -XX:MaxDirectMemorySize=8m
    -XX:SharedArchiveFile=%s
    -Dstdout.encoding=UTF-8
    -Dstderr.encoding=UTF-8
    --module-path=modules
    --module=%s/%s
    """
        .formatted(CACHE, module, main);
  }
}
