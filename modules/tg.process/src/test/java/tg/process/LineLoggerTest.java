package tg.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineLoggerTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private System.Logger logger(String name, Map<String, String> variables) {
    return new LineLoggerFinder(variables, new PrintStream(written, true, UTF_8))
        .getLogger(name, LineLoggerTest.class.getModule());
  }

  private String written() {
    return written.toString(UTF_8);
  }

  @Test
  void theModulesOfThisApplicationUseIt() {
    assertEquals(LineLogger.class, System.getLogger("tg.some").getClass());
  }

  @Test
  void anEventIsOneHumanLine() {
    logger("tg.bot", Map.of()).log(Level.WARNING, "{0} of {1}", 1, 2);
    assertTrue(
        written().matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARNING tg\\.bot: 1 of 2\\R"), written());
  }

  @Test
  void anEventIsOneJsonObjectWhenAskedFor() {
    logger("tg.bot", Map.of("TG_LOG", "json"))
        .log(Level.ERROR, "a \"quoted\"\nline", new IllegalStateException("why"));
    assertEquals(1, written().lines().count());
    assertTrue(written().contains("\"level\":\"ERROR\",\"logger\":\"tg.bot\""), written());
    assertTrue(written().contains("\"message\":\"a \\\"quoted\\\"\\nline\""), written());
    assertTrue(written().contains("IllegalStateException: why"), written());
  }

  @Test
  void debugIsSilentUnlessAskedFor() {
    logger("tg.bot", Map.of()).log(Level.DEBUG, "no");
    logger("tg.worker", Map.of("TG_LOG_LEVEL", "debug")).log(Level.DEBUG, "yes");
    assertTrue(written().contains("yes") && !written().contains("no\n"), written());
  }

  @Test
  void othersAreHeardFromWarningUpwards() {
    var other = logger("jdk.event.security", Map.of("TG_LOG_LEVEL", "debug"));
    other.log(Level.INFO, "chatter");
    other.log(Level.WARNING, "trouble");
    assertTrue(written().contains("trouble") && !written().contains("chatter"), written());
  }
}
