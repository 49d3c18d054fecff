package tg.jlink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What both images share: a Java runtime with the modules that are not ours, the C libraries that
/// it is linked with, and the few files that programs expect of a system.
final class JavaRuntime {
  /// Where it is in the image.
  static final String HOME = "tg";

  /// What no program of ours, and no handler, can need.
  private static final List<String> UNUSED =
      List.of(
          "/java.base/sun/security/tools/keytool/resources/keytool_*",
          "/java.base/sun/security/tools/keytool/Main*",
          "/java.base/sun/launcher/resources/launcher_*",
          // The names of characters, for Character.getName.
          "/java.base/java/lang/uniName.dat",
          // Character sets of East Asia from before Unicode: all that tg reads and writes is UTF-8.
          "/java.base/sun/nio/cs/Big5*",
          "/java.base/sun/nio/cs/EUC_*",
          "/java.base/sun/nio/cs/GB18030*",
          "/java.base/sun/nio/cs/GBK*",
          "/java.base/sun/nio/cs/HKSCS*",
          "/java.base/sun/nio/cs/JIS_*",
          "/java.base/sun/nio/cs/Johab*",
          "/java.base/sun/nio/cs/SJIS*",
          "/kotlin.stdlib/kotlin/collections/unsigned/UArraysKt___UArrays*",
          "/kotlin.stdlib/kotlin/io/path/PathsKt__*",
          "/kotlin.stdlib/kotlin/io/path/PathTreeWalk*",
          "/kotlin.stdlib/kotlin/uuid/Uuid*",
          // For cookies.
          "/okhttp3/okhttp3/internal/publicsuffix/PublicSuffixDatabase.list",
          "**/META-INF/maven/**",
          "**/META-INF/proguard/**",
          "**/META-INF/com.android.tools/**",
          "**.kotlin_builtins",
          "**.kotlin_module");

  private JavaRuntime() {}

  static void link(FileTree tree, Path modulePath, Set<String> modules) {
    Command.tool(
        "jlink",
        List.of(
            "--module-path=" + modulePath,
            "--add-modules=" + String.join(",", modules),
            "--output=" + tree.resolve(HOME),
            // Compressed resources make the image larger to pull, and slower: see docs/images.md.
            "--compress=zip-0",
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--dedup-legal-notices=error-if-not-same-content",
            "--exclude-resources=" + String.join(",", UNUSED),
            "--exclude-files=/java.base/lib/classlist,/java.base/lib/jrt-fs.jar"));
    // The tools that come with modules: keytool, jwebserver.
    for (var file : tree.files()) {
      if (file.startsWith(tree.resolve(HOME + "/bin")) && !file.endsWith("java")) {
        tree.remove(file.toString());
      }
    }
    tree.remove(HOME + "/lib/jexec");
    // For code that C2 compiled.
    tree.remove(HOME + "/lib/libsimdsort.so");
    replaceLinks(tree);
    strip(tree);
    SystemLibraries.copy(tree);
    tree.folder("tmp");
    tree.text("etc/passwd", "tg:x:65532:65532:tg:/tmp:/nonexistent\n");
    tree.text("etc/group", "tg:x:65532:\n");
    tree.text("etc/nsswitch.conf", "hosts: files dns\n");
  }

  /// Distributions link a JDK's CA certificates, and more, to files outside of it.
  private static void replaceLinks(FileTree tree) {
    var home = tree.resolve(HOME);
    for (var file : tree.files()) {
      try {
        if (Files.isSymbolicLink(file) && !file.toRealPath().startsWith(home.toRealPath())) {
          var target = file.toRealPath();
          Files.delete(file);
          Files.copy(target, file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Takes from the native parts what only a debugger reads: 4 MiB of libjvm.so with Temurin, most
  /// of it with Debian's build.
  private static void strip(FileTree tree) {
    if (!Command.exists("strip")) {
      System.err.println("tg: there is no strip here (binutils): the images will be larger");
      return;
    }
    var command = new ArrayList<>(List.of("strip", "--strip-unneeded"));
    for (var file : tree.files()) {
      if (file.toString().endsWith(".so") || file.endsWith("bin/java")) {
        command.add(file.toString());
      }
    }
    Command.run(Path.of("/"), command);
  }
}
