package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void argumentsBecomeOptions() {
    SimOptions options =
        Main.options(List.of("--port", "9", "--token", "1:a", "--token", "2:b", "--flood"));
    assertEquals(9, options.port());
    assertEquals(Set.of("1:a", "2:b"), options.tokens());
    assertEquals(true, options.flood());
    assertEquals(8081, Main.options(List.of()).port());
  }

  @Test
  void wrongArgumentsAreSaidWithoutTheToken() {
    for (List<String> wrong :
        List.of(
            List.of("--port", "x"),
            List.of("--port"),
            List.of("--dance"),
            List.of("--port", "99999"))) {
      assertThrows(SimException.class, () -> Main.options(wrong), wrong::toString);
    }
    SimException bad =
        assertThrows(SimException.class, () -> Main.options(List.of("--token", "hunter2")));
    assertFalse(bad.toString().contains("hunter2"));
    assertFalse(Main.options(List.of("--token", "1:hidden")).toString().contains("hidden"));
  }
}
