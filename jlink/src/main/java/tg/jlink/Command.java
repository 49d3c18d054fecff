package tg.jlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/// Runs a program, or a tool of the JDK, to its end.
final class Command {
  private Command() {}

  /// {@return what it wrote to its standard output and standard error}
  ///
  /// @throws BuildError when it fails
  static String run(Path folder, List<String> command) {
    try {
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_"));
      var process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      var text = new String(process.getInputStream().readAllBytes(), UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new BuildError(String.join(" ", command) + " ended with " + status + ":\n" + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildError("interrupted");
    }
  }

  /// {@return whether there is a program of that name}
  static boolean exists(String program) {
    for (var folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (!folder.isEmpty() && Path.of(folder, program).toFile().canExecute()) {
        return true;
      }
    }
    return false;
  }

  /// Runs a tool of the JDK in this process.
  ///
  /// @throws BuildError when it fails
  static void tool(String name, List<String> arguments) {
    var tool =
        ToolProvider.findFirst(name)
            .orElseThrow(() -> new BuildError("this JDK has no " + name + ": use a full JDK"));
    var out = new StringWriter();
    int status =
        tool.run(new PrintWriter(out), new PrintWriter(out), arguments.toArray(String[]::new));
    if (status != 0) {
      throw new BuildError(name + " ended with " + status + ":\n" + out);
    }
  }
}
