package tg.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real processes and a real server, really killed.
final class ChaosTest {
  private static final Duration TIME = Duration.ofSeconds(25);

  @Test
  @Timeout(300)
  void nothingIsLostAndNothingDoneTwice() throws Exception {
    var lines = new ArrayList<String>();
    var report = Chaos.run(4, TIME, Setting.USUAL, lines::add);
    lines.forEach(System.out::println);
    assertEquals(List.of(), report.failed(), () -> String.join("\n", lines));
    assertTrue(report.count("enqueues acknowledged") > 50, report.text());
    assertTrue(report.count("looks at all running jobs at one instant") > 10, report.text());
    assertEquals(
        List.of(), ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).toList());
  }
}
