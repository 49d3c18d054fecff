package tg.worker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/// Compiles modules and packs them, for tests.
///
/// @param work for sources and classes
/// @param plugins where the jars go
record JarMaker(Path work, Path plugins) {
  static JarMaker in(Path folder) throws IOException {
    return new JarMaker(
        Files.createDirectories(folder.resolve("work")),
        Files.createDirectories(folder.resolve("plugins")));
  }

  /// Makes a jar of sources; of files that are no sources too.
  ///
  /// @param files texts by their paths
  /// @param options for javac
  Path jar(String name, Map<String, String> files, String... options) throws IOException {
    var sources = work.resolve(name).resolve("src");
    var classes = Files.createDirectories(work.resolve(name).resolve("classes"));
    var words = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-nowarn"));
    words.addAll(List.of("-p", System.getProperty("jdk.module.path") + ":" + plugins));
    words.addAll(List.of(options));
    int count = words.size();
    for (var file : files.entrySet()) {
      boolean java = file.getKey().endsWith(".java");
      var path = (java ? sources : classes).resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, file.getValue());
      if (java) {
        words.add(path.toString());
      }
    }
    if (words.size() > count) {
      run("javac", words.toArray(String[]::new));
    }
    var jar = plugins.resolve(name);
    run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
    return jar;
  }

  private static void run(String tool, String... words) {
    var out = new StringWriter();
    var writer = new PrintWriter(out);
    var found = ToolProvider.findFirst(tool).orElseThrow();
    assertEquals(0, found.run(writer, writer, words), out::toString);
  }

  /// {@return the source of a handler}
  static String handler(String packageName, String command, String answer) {
    return """
    package %s;

    public final class Handler implements tg.worker.TaskHandler {
      public String name() {
        return "%s";
      }

      public tg.worker.Answer handle(tg.worker.Task task, tg.worker.Progress progress) {
        return tg.worker.Answer.text(%s);
      }
    }
    """
        .formatted(packageName, command, answer);
  }

  /// {@return the source of the descriptor of a module that has such a handler}
  static String module(String name, String packageName, String... requires) {
    var lines = new StringBuilder("module " + name + " { requires tg.worker;\n");
    for (var required : requires) {
      lines.append("requires ").append(required).append(";\n");
    }
    return lines
        .append("provides tg.worker.TaskHandler with ")
        .append(packageName)
        .append(".Handler; }")
        .toString();
  }
}
