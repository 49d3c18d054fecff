package tg.jlink;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The libraries of this machine's C runtime that a Java runtime is linked with. An image from
/// nothing has to bring them. They are copied to where they are here, because that is where their
/// own loader looks for them.
final class SystemLibraries {
  // "libc.so.6 => /lib/…/libc.so.6 (0x…)", or the loader: "/lib64/ld-linux-x86-64.so.2 (0x…)".
  private static final Pattern FOUND = Pattern.compile("(?:=> )?(/\\S+) \\(0x[0-9a-f]+\\)");

  private SystemLibraries() {}

  static void copy(FileTree tree) {
    if (!Command.exists("ldd")) {
      throw new BuildError("the images need a Linux with glibc: there is no ldd here");
    }
    var needed = new TreeSet<String>();
    for (var file : tree.files()) {
      if (file.toString().endsWith(".so") || file.endsWith("bin/java")) {
        var found = FOUND.matcher(Command.run(Path.of("/"), List.of("ldd", file.toString())));
        while (found.find()) {
          needed.add(found.group(1));
        }
      }
    }
    for (var library : needed) {
      if (!library.startsWith(tree.resolve("").toString())) {
        tree.copy(Path.of(library), library.substring(1));
      }
    }
  }
}
