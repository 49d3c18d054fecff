package tg.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final Duration TIME = Duration.ofMinutes(2);

  @Test
  void oneSeedIsOneSchedule() {
    assertEquals(schedule(7), schedule(7));
    assertNotEquals(schedule(7), schedule(8));
  }

  @Test
  void aLongerRunBeginsLikeAShorterOne() {
    var shorter = Schedule.of(7, Duration.ofSeconds(40), Setting.USUAL).events();
    assertEquals(shorter, schedule(7).events().subList(0, shorter.size()));
  }

  @Test
  void everyKindOfFaultComes() {
    var kinds =
        schedule(1).events().stream()
            .map(event -> event.fault().kind())
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "kill",
            "pause",
            "disconnect",
            "cut",
            "lose",
            "drop",
            "delay",
            "half-open",
            "kill-server",
            "stop-server"),
        kinds);
  }

  @Test
  void aWorkerIsStoppedForTwoLeases() {
    int twoLeases = 2 * (int) Setting.USUAL.lease().toMillis();
    assertTrue(
        schedule(1).events().stream()
            .anyMatch(event ->
                event.fault() instanceof Fault.Pause(var target, int time)
                    && target.startsWith("worker")
                    && time == twoLeases));
  }

  private static Schedule schedule(long seed) {
    return Schedule.of(seed, TIME, Setting.USUAL);
  }
}
