package tg.pod;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The container engine of this machine, by its command. Thread-safe.
final class Podman {
  private Podman() {}

  /// What a command said, and how it ended.
  record Said(int status, String text) {}

  /// Runs podman.
  ///
  /// @return what it printed
  /// @throws IllegalStateException when it fails; the message has what it said
  static String run(String... words) {
    var command = new ArrayList<>(List.of("podman"));
    command.addAll(List.of(words));
    var said = command(Map.of(), command);
    if (said.status != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed: " + said.text);
    }
    return said.text;
  }

  /// Runs podman, which may fail.
  static Said attempt(String... words) {
    var command = new ArrayList<>(List.of("podman"));
    command.addAll(List.of(words));
    return command(Map.of(), command);
  }

  /// Runs any command with more variables in its environment.
  static Said command(Map<String, String> variables, List<String> command) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(variables);
      var process = builder.start();
      process.getOutputStream().close();
      var text = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Said(process.waitFor(), text.strip());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.getFirst(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
