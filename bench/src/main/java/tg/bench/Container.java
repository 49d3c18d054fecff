package tg.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// A container of one of our images, as an operator would restrict it, on the host's network.
/// Confined to one thread at a time.
final class Container implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final String id;
  private final long pid;

  private Container(String id, long pid) {
    this.id = id;
    this.pid = pid;
  }

  /// Makes a container and stops right before its program is started.
  static Container prepare(String image, Map<String, String> settings) throws IOException {
    var command = new ArrayList<>(List.of("podman", "create", "--network=host", "--read-only"));
    command.addAll(List.of("--cap-drop=all", "--security-opt=no-new-privileges", "--memory=128m"));
    settings.forEach((name, value) -> command.add("--env=" + name + "=" + value));
    command.add(image);
    var id = output(command);
    output(List.of("podman", "init", id));
    var pid = output(List.of("podman", "inspect", "--format={{.State.Pid}}", id));
    return new Container(id, Long.parseLong(pid));
  }

  /// Lets the program start.
  ///
  /// @return when it did, as nanoseconds: when the process became this program
  long start() throws IOException {
    var before = program();
    var starting = new ProcessBuilder("podman", "start", id).redirectErrorStream(true).start();
    await(() -> !program().equals(before));
    long started = System.nanoTime();
    starting.onExit().join();
    return started;
  }

  private String program() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe")).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /// {@return the resident memory of the program, MiB}
  double residentMib() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElseThrow(() -> new NoSuchFileException("the memory of " + pid));
    }
  }

  @Override
  public void close() throws IOException {
    output(List.of("podman", "rm", "--force", "--time=0", id));
  }

  /// {@return what a command says, stripped}
  ///
  /// @throws IOException when it fails
  static String output(List<String> command) throws IOException {
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + status);
    }
    return text;
  }

  /// Looks five times in a millisecond.
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("what was waited for did not come in " + LIMIT);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(200_000);
    }
  }
}
