package tg.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What signals do to a real process.
final class SecondSignalTest {
  @Test
  @Timeout(60)
  void theFirstSignalWaitsForWhatRunsAndTheSecondInterruptsIt() throws Exception {
    var process = start();
    try (var lines = process.inputReader(UTF_8)) {
      await(lines, "running");
      signal(process, "TERM");
      await(lines, "stopping");
      signal(process, "TERM");
      await(lines, "interrupted");
      await(lines, "stopped");

      assertTrue(process.waitFor(10, TimeUnit.SECONDS), "it has ended");
      assertEquals(143, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start() throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--module-path",
                System.getProperty("jdk.module.path", ""),
                "--patch-module",
                "tg.process=" + Path.of("target", "test-classes").toAbsolutePath(),
                "--module",
                "tg.process/" + SlowChild.class.getName()));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("TG_TOKEN", "1:abcdefghijklmnopqrstuvwxyzABCDEFGHI");
    builder.environment().put("TG_DRAIN", "50");
    return builder.start();
  }

  private static void signal(Process process, String name) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertEquals(0, kill.waitFor());
  }

  private static void await(BufferedReader lines, String word) throws IOException {
    var line = lines.readLine();
    while (line != null && !line.equals(word)) {
      line = lines.readLine();
    }
    assertEquals(word, line, "the process ended before it said so");
  }
}
