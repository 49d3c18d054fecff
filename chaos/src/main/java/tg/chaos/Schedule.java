package tg.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// What is broken when. Depends on nothing but the seed, the time and the {@link Setting}.
/// Immutable.
///
/// @param events in the order of their time
record Schedule(List<Event> events) {
  private static final int LEAST_GAP = 700;
  private static final int GAP = 1_600;

  /// @param at milliseconds after the start
  /// @param fault what is broken
  record Event(int at, Fault fault) {}

  /// Draws the kinds of faults like cards: each once in an order of chance, then again.
  static Schedule of(long seed, Duration time, Setting setting) {
    var draw = new Draw(new Random(seed), setting);
    var events = new ArrayList<Event>();
    List<Supplier<Fault>> deck = List.of();
    int next = 0;
    // The last fault is over before the end.
    for (int at = draw.between(2_000, 3_000);
        at < time.toMillis() - 1_000;
        at += draw.between(LEAST_GAP, LEAST_GAP + GAP)) {
      if (next == deck.size()) {
        deck = draw.deck();
        next = 0;
      }
      events.add(new Event(at, deck.get(next++).get()));
    }
    return new Schedule(List.copyOf(events));
  }

  private record Draw(Random random, Setting setting) {
    int between(int least, int most) {
      return least + random.nextInt(most - least);
    }

    String worker() {
      return "worker-" + between(1, setting.workers() + 1);
    }

    String producer() {
      return "producer-" + between(1, setting.producers() + 1);
    }

    String anyone() {
      return random.nextInt(3) == 0 ? producer() : worker();
    }

    List<Supplier<Fault>> deck() {
      int lease = (int) setting.lease().toMillis();
      if (setting.failover()) {
        return failovers(lease);
      }
      var deck =
          new ArrayList<Supplier<Fault>>(
              List.of(
                  () -> new Fault.Kill(worker(), between(200, 1_500)),
                  () -> new Fault.Kill(worker(), between(200, 1_500)),
                  () -> new Fault.Kill(producer(), between(200, 1_500)),
                  () -> new Fault.Pause(worker(), 2 * lease),
                  () -> new Fault.Pause(worker(), between(300, lease)),
                  () -> new Fault.Pause(producer(), 2 * lease),
                  Fault.Disconnect::new,
                  () -> new Fault.Cut(anyone()),
                  () -> new Fault.Lose(worker(), between(3, 20)),
                  () -> new Fault.Lose(worker(), between(3, 20)),
                  () -> new Fault.Lose(producer(), between(3, 20)),
                  () -> new Fault.Lose(producer(), between(3, 20)),
                  () -> new Fault.Drop(anyone(), between(3, 20)),
                  () -> new Fault.Delay(anyone(), between(20, 200), between(1_000, 4_000)),
                  () -> new Fault.HalfOpen(anyone(), between(500, 2 * lease)),
                  () -> new Fault.KillServer(between(100, 2_000)),
                  () -> new Fault.StopServer(between(100, 2_000))));
      Collections.shuffle(deck, random);
      return deck;
    }

    /// The processes find the servers by themselves, so no proxy stands between them.
    private List<Supplier<Fault>> failovers(int lease) {
      var deck =
          new ArrayList<Supplier<Fault>>(
              List.of(
                  () -> new Fault.Kill(worker(), between(200, 1_500)),
                  () -> new Fault.Kill(producer(), between(200, 1_500)),
                  () -> new Fault.Pause(worker(), 2 * lease),
                  () -> new Fault.Pause(worker(), between(300, lease)),
                  () -> new Fault.Pause(producer(), 2 * lease),
                  Fault.Disconnect::new,
                  () -> new Fault.KillPrimary(between(100, 2_000)),
                  () -> new Fault.PausePrimary(between(100, 1_000)),
                  Fault.HandOver::new));
      Collections.shuffle(deck, random);
      return deck;
    }
  }
}
