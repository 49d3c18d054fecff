package tg.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before trying a server again: not at all at first, then from 20 milliseconds
/// doubling to one second, less a random part of up to a half. Confined to one thread at a time.
final class Backoff {
  private static final long FIRST_MILLIS = 20;
  private static final long LAST_MILLIS = 1_000;

  private final RandomGenerator random;
  private long millis;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// {@return the next pause}
  Duration next() {
    long pause = millis == 0 ? 0 : millis - random.nextLong(millis / 2);
    millis = Math.clamp(millis * 2, FIRST_MILLIS, LAST_MILLIS);
    return Duration.ofMillis(pause);
  }
}
