package tg.queue;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

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
    return (failures, failure) -> Optional.empty();
  }

  /// Exponential back-off with full jitter: a random time up to `base × 2^(failures-1)`, at most
  /// the cap.
  ///
  /// @param attempts how often a job may be started in all, 1 or more
  /// @param base the first upper limit, more than zero
  /// @param cap the last upper limit, at least the base
  static RetryPolicy exponential(int attempts, Duration base, Duration cap) {
    if (attempts < 1 || base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "attempts must be 1 or more, base more than zero and cap at least the base: got "
              + attempts
              + ", "
              + base
              + ", "
              + cap);
    }
    var random = RandomGenerator.getDefault();
    return (failures, failure) -> {
      if (failures >= attempts) {
        return Optional.empty();
      }
      long limit = cap.toMillis();
      int doublings = Math.min(failures - 1, 40);
      if (base.toMillis() <= (limit >> doublings)) {
        limit = base.toMillis() << doublings;
      }
      return Optional.of(Duration.ofMillis(random.nextLong(limit + 1)));
    };
  }
}
