package tg.jlink;

import java.nio.file.Path;

/// What runs in an image.
enum Program {
  BOT("bot", "tg.bot"),
  WORKER("worker", "tg.worker");

  /// The folder of what both programs share, in their images too.
  static final String HOME = JavaRuntime.HOME;

  /// The file of arguments of `java`, in its folder.
  private static final String ARGUMENTS = HOME + "/run";

  private final String label;
  private final String module;

  Program(String label, String module) {
    this.label = label;
    this.module = module;
  }

  String label() {
    return label;
  }

  String module() {
    return module;
  }

  /// {@return the file of arguments in a folder with all layers}
  Path arguments(Path folder) {
    return folder.resolve(label).resolve(ARGUMENTS);
  }

  /// Writes what differs between the two images: the arguments that start the program. Places are
  /// relative to the folder, because the cache is made for the names that it is used with, and is
  /// made outside of the image; and the cache is for one main class only.
  void write(FileTree tree) {
    tree.text(
        ARGUMENTS,
        """
        # The arguments of java: cd /tg; bin/java @run
        -XX:+UseSerialGC
        -XX:+UseCompactObjectHeaders
        -XX:-UsePerfData
        -Xms6m
        -Xmx64m
        -Xmn2m
        -XX:TieredStopAtLevel=1
        -XX:ReservedCodeCacheSize=24m
        -XX:MaxDirectMemorySize=8m
        -XX:SharedArchiveFile=%s
        -Dstdout.encoding=UTF-8
        -Dstderr.encoding=UTF-8
        --module-path=modules
        --module
        tg.process/tg.process.Main
        %s
        """
            .formatted(ClassCache.FILE, label));
  }
}
