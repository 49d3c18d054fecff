package tg.queue;

import java.time.Duration;
import java.util.Optional;

/// Says whether and when a failed attempt is tried again. Thread-safe.
@FunctionalInterface
public interface RetryPolicy {
  /// {@return the time to wait before the next attempt, or empty when the failure is final}
  ///
  /// @param failures how many attempts have failed, this one included; 1 or more
  /// @param failure what the handler threw
  Optional<Duration> delayAfter(int failures, Throwable failure);

  /// Every failure is final.
  static RetryPolicy never() {
    return Retries.none();
  }

  /// Exponential back-off with full jitter, see {@link Retries#exponential}.
  ///
  /// @param attempts how often a job may be started in all, 1 or more
  /// @param base the first upper limit, 1 millisecond or more
  /// @param cap the last upper limit, at least the base
  static RetryPolicy exponential(int attempts, Duration base, Duration cap) {
    return Retries.exponential(attempts, base, cap);
  }
}
