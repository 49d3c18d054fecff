package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How the loops of a worker share its places.
final class SlotsTest {
  private final Slots slots = new Slots(4);
  private final Slots.Seat a = slots.join();
  private final Slots.Seat b = slots.join();
  private final List<String> poked = new ArrayList<>();

  SlotsTest() {
    a.onRoom(() -> poked.add("a"));
    b.onRoom(() -> poked.add("b"));
  }

  @Test
  void whoAsksAloneGetsAll() {
    claim(a, 4);
    assertEquals(0, b.reserve(100));
    assertEquals(0, b.begin(0));
  }

  @Test
  void anUnusedReservationIsGivenBackAtOnce() {
    assertEquals(4, a.reserve(100));
    assertFalse(b.room());
    assertEquals(1, a.begin(1));
    assertEquals(List.of("b"), poked);
    claim(b, 3);
  }

  @Test
  void whoWaitsGetsAnEvenShareBeforeWhoAsksAgain() {
    claim(a, 4);
    assertFalse(b.room());
    a.end();
    a.end();
    assertEquals(List.of("b", "b"), poked);
    assertEquals(0, a.reserve(100), "both places are kept for the one that waits");
    assertEquals(0, a.begin(0));
    claim(b, 2);
    assertFalse(a.room());
    assertFalse(b.room());
    b.end();
    claim(a, 1);
  }

  @Test
  void withOnePlaceTheLoopsTakeTurns() {
    var one = new Slots(1);
    var first = one.join();
    var second = one.join();
    claim(first, 1);
    assertFalse(second.room());
    assertFalse(first.room());
    for (int i = 0; i < 3; i++) {
      first.end();
      assertEquals(0, first.reserve(1));
      assertEquals(0, first.begin(0));
      assertFalse(first.room());
      claim(second, 1);
      assertFalse(second.room());
      second.end();
      assertEquals(0, second.reserve(1));
      assertEquals(0, second.begin(0));
      assertFalse(second.room());
      claim(first, 1);
      assertFalse(first.room());
    }
  }

  @Test
  void whoWaitedAndFindsNothingKeepsNoPlace() {
    claim(a, 4);
    assertFalse(b.room());
    a.end();
    assertEquals(1, b.reserve(100));
    assertEquals(0, b.begin(0));
    assertTrue(b.room());
    claim(a, 1);
  }

  @Test
  void aLoopThatHasEndedIsNotWaitedFor() {
    claim(a, 4);
    assertFalse(b.room());
    b.leave();
    a.end();
    claim(a, 1);
  }

  private static void claim(Slots.Seat seat, int jobs) {
    assertEquals(jobs, seat.reserve(100));
    assertEquals(jobs, seat.begin(jobs));
  }
}
