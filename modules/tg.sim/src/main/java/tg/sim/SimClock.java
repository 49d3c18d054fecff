package tg.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The simulator's clock: another clock, plus what it was advanced by. Thread-safe.
///
/// Everything that Telegram dates or lets expire goes by this clock. Only waiting itself (long
/// polls, retries of webhooks, planned delays) is real time, because a real client waits for it.
final class SimClock implements InstantSource {
  private final InstantSource base;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  SimClock(InstantSource base) {
    this.base = base;
  }

  @Override
  public Instant instant() {
    return base.instant().plus(ahead.get());
  }

  void advance(Duration by) {
    if (by.isNegative()) {
      throw SimException.invalid(
          "The clock only goes forward; give a duration that is not negative");
    }
    ahead.accumulateAndGet(by, Duration::plus);
  }
}
