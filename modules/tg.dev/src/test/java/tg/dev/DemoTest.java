package tg.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoTest {
  private record Result(int status, String output) {}

  private static Result demo(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-p",
                System.getProperty("jdk.module.path"),
                "-m",
                "tg.dev/tg.dev.Demo"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), output);
  }

  @Test
  void itSpeaksAsAPersonAndEndsWhenEveryMessageHasItsAnswer() throws Exception {
    var result = demo("--say", "hello world", "--say", "/primes 3000000");
    assertEquals(0, result.status(), result.output());
    assertSaid(result, "#1 Ann: hello world");
    assertSaid(result, "#\\d+ Bot \\d+ ↩ #1: Characters: 11");
    assertSaid(result, "#\\d+ Bot \\d+ ↩ #2: There are 216,816 primes below 3,000,000.");
  }

  private static void assertSaid(Result result, String line) {
    assertTrue(
        Pattern.compile("^" + line + "$", Pattern.MULTILINE).matcher(result.output()).find(),
        () -> "no line '" + line + "' in:\n" + result.output());
  }

  @Test
  void wordsThatItDoesNotKnowAreToldWithTheUsage() throws Exception {
    var result = demo("--sya", "hello");
    assertEquals(2, result.status());
    assertTrue(result.output().startsWith("'--sya' is not understood"), result.output());
    assertTrue(result.output().contains("--say TEXT"), result.output());
  }

  @Test
  void theDefaultPortIsFixedForPeopleAndFreeForScripts() {
    assertEquals(8081, Arguments.of(new String[0]).port());
    assertEquals(0, Arguments.of(new String[] {"--say", "x"}).port());
    assertEquals(9000, Arguments.of(new String[] {"--say", "x", "--port", "9000"}).port());
    assertThrows(
        IllegalArgumentException.class, () -> Arguments.of(new String[] {"--port", "70000"}));
  }
}
