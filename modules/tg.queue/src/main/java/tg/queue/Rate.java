package tg.queue;

import java.time.Duration;

/// How many jobs may start in a time, kept on the server, so that it holds over all workers. What
/// is over it is not claimed; nobody blocks on it. Immutable.
///
/// ```java
/// Rate.of(30, Duration.ofSeconds(1)).burst(30)
/// Rate.strict(30, Duration.ofSeconds(1))
/// ```
///
/// A rate is a token bucket: after a pause a burst starts at once, and then the rate goes on, so
/// that in some span of the time up to count + burst jobs start. A *strict* rate is for somebody
/// else's limit, who counts what reaches them and when: an attempt counts from its claim until the
/// time after its end, so that never more than count reach them in any span of the time, however
/// late each is. One that did nothing is left out: {@link Outcome.Done#uncounted}. An attempt of
/// more than an hour counts as ended. A strict rate of a queue that is spread over partitions is
/// divided among them.
///
/// @param count how many in the time, 1 to 1,000,000; strict: to 1,000
/// @param per the time, 1 millisecond to 1 day
/// @param burst how many may start at once after a pause, 1 to 1,000,000; strict: up to the count,
///   which it takes the place of
/// @param strict whether the count holds for any span of the time
public record Rate(int count, Duration per, int burst, boolean strict) {
  private static final int MOST = 1_000_000;
  private static final int MOST_STRICT = 1_000;

  /// Checks the ranges.
  public Rate {
    Settings.between("count", count, 1, strict ? MOST_STRICT : MOST);
    Settings.within("per", per, Duration.ofMillis(1), Duration.ofDays(1));
    Settings.between("burst", burst, 1, MOST);
    if (strict && burst > count) {
      throw new IllegalArgumentException("a strict rate of " + count + " has no burst of " + burst);
    }
  }

  /// An even pace: a burst of 1.
  public static Rate of(int count, Duration per) {
    return new Rate(count, per, 1, false);
  }

  /// Never more than so many in any span of the time.
  public static Rate strict(int count, Duration per) {
    return new Rate(count, per, count, true);
  }

  /// This rate with another burst.
  public Rate burst(int value) {
    return new Rate(count, per, value, strict);
  }

  /// {@return the time between two tokens, in milliseconds}
  double intervalMillis() {
    return per.toNanos() / 1e6 / count;
  }
}
