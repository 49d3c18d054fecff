package tg.process;

import java.time.Duration;

/// A loop's promise to be heard of again in time: one that is late is stuck. Thread-safe.
public final class Heartbeat {
  private final long bornNanos = System.nanoTime();
  private volatile long dueNanos = Long.MAX_VALUE;

  /// Nothing is promised before the first call of {@link #within}.
  public Heartbeat() {}

  /// Promises the next call of this method.
  ///
  /// @param time with everything that may lawfully hold it up
  public void within(Duration time) {
    dueNanos = System.nanoTime() - bornNanos + time.toNanos();
  }

  /// {@return whether the promise is broken}
  public boolean late() {
    return System.nanoTime() - bornNanos > dueNanos;
  }
}
