package tg.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A client of some queue in a process of its own, which does what it is told in lines. Confined to
/// one thread at a time.
final class ClientProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;

  private ClientProcess(Process process) {
    this.process = process;
    this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  static ClientProcess start(List<String> command, int port) throws IOException {
    var whole = new ArrayList<>(command);
    whole.add(Integer.toString(port));
    var builder = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("TG_LOG_LEVEL", "warning");
    return new ClientProcess(builder.start());
  }

  /// Gives a command and waits for its answer.
  List<Double> tell(String command) throws IOException {
    process.outputWriter(UTF_8).append(command).append('\n').flush();
    var answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the client ended during '" + command + "'");
    }
    return Arrays.stream(answer.split(" ", -1)).map(Double::valueOf).toList();
  }

  /// {@return the CPU time that it has used, in microseconds}
  double cpuMicros() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElseThrow() / 1e3;
  }

  @Override
  public void close() throws IOException {
    process.outputWriter(UTF_8).close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
