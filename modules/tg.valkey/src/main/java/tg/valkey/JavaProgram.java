package tg.valkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A program of ours in a JVM of its own, from the module path of this one; for trials that kill
/// processes. Immutable.
///
/// @param main module and class, as `java -m` takes them
/// @param heapMegabytes its heap at most
/// @param words its arguments
/// @param variables its environment, with that of this JVM except `TG_*`
public record JavaProgram(
    String main, int heapMegabytes, List<String> words, Map<String, String> variables) {
  /// Copies the collections.
  public JavaProgram {
    words = List.copyOf(words);
    variables = Map.copyOf(variables);
  }

  /// Starts it. It outlives this JVM.
  ///
  /// @param log where its output is appended
  public Process start(Path log) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ArrayList<>(List.of(java, "-Xmx" + heapMegabytes + "m"));
    // Several at once on a small machine.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-p", System.getProperty("jdk.module.path", ""), "-m", main));
    command.addAll(words);
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("TG_"));
    builder.environment().putAll(variables);
    try {
      return builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + main, e);
    }
  }
}
