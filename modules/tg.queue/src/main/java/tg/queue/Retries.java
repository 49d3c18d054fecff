package tg.queue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// How often a job is tried and how long it waits in between, as figures, so that it can travel
/// with a job: {@link NewJob#retry}. Also a {@link RetryPolicy}. Immutable.
public final class Retries implements RetryPolicy {
  private static final int MOST_DOUBLINGS = 40;

  private final int attempts;
  private final List<Duration> delays;
  private final boolean exponential;

  private Retries(int attempts, List<Duration> delays, boolean exponential) {
    this.attempts = attempts;
    this.delays = delays;
    this.exponential = exponential;
  }

  /// The first failure is final.
  public static Retries none() {
    return new Retries(1, List.of(), false);
  }

  /// Exponential back-off with full jitter: after the n-th failure a random time up to `base ×
  /// 2^(n-1)`, at most the cap.
  ///
  /// @param attempts how often a job may be started in all, 1 or more
  /// @param base the first upper limit, 1 millisecond or more
  /// @param cap the last upper limit, at least the base
  public static Retries exponential(int attempts, Duration base, Duration cap) {
    if (attempts < 1 || base.toMillis() < 1 || cap.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "attempts must be 1 or more, base more than zero and cap at least the base: got "
              + attempts
              + ", "
              + base
              + ", "
              + cap);
    }
    return new Retries(attempts, List.of(base, cap), true);
  }

  /// Fixed pauses: the n-th failure is followed by the n-th pause, the failure after the last pause
  /// is final.
  ///
  /// @param delays 1 to 100, each zero or more
  public static Retries after(Duration... delays) {
    if (delays.length < 1
        || delays.length > 100
        || Arrays.stream(delays).anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException(
          "give 1 to 100 pauses of zero or more: got " + Arrays.toString(delays));
    }
    return new Retries(delays.length + 1, List.of(delays), false);
  }

  @Override
  public Optional<Duration> delayAfter(int failures, Throwable failure) {
    if (failures >= attempts) {
      return Optional.empty();
    }
    if (!exponential) {
      return Optional.of(delays.get(failures - 1));
    }
    long base = delays.getFirst().toMillis();
    long limit = delays.getLast().toMillis();
    int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
    if (base <= (limit >> doublings)) {
      limit = base << doublings;
    }
    return Optional.of(Duration.ofMillis(RandomGenerator.getDefault().nextLong(limit + 1)));
  }

  /// As an option of an envelope: attempts and the two limits, or the pauses, in milliseconds.
  String write() {
    var millis =
        delays.stream()
            .map(delay -> String.valueOf(AddedRuns.millis(delay)))
            .collect(Collectors.joining(","));
    return (exponential ? attempts + "x" : "") + millis;
  }

  static Retries read(String text) {
    int times = text.indexOf('x');
    var millis = text.substring(times + 1);
    var delays =
        millis.isEmpty()
            ? List.<Duration>of()
            : Arrays.stream(millis.split(",", -1))
                .map(value -> Duration.ofMillis(Long.parseLong(value)))
                .toList();
    return times < 0
        ? new Retries(delays.size() + 1, delays, false)
        : new Retries(Integer.parseInt(text.substring(0, times)), delays, true);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Retries that
        && attempts == that.attempts
        && exponential == that.exponential
        && delays.equals(that.delays);
  }

  @Override
  public int hashCode() {
    return write().hashCode();
  }

  @Override
  public String toString() {
    return exponential
        ? "Retries["
            + attempts
            + " attempts, "
            + delays.getFirst()
            + " to "
            + delays.getLast()
            + "]"
        : "Retries[after " + delays + "]";
  }
}
