package tg.queue;

import java.time.Duration;

/// How many jobs may start in a time: a token bucket, kept on the server, so that it holds over all
/// workers. Tokens are taken when jobs are claimed; nobody blocks on it. Immutable.
///
/// ```java
/// Rate.of(30, Duration.ofSeconds(1)).burst(30)
/// ```
///
/// @param count how many in the time, 1 to 1,000,000
/// @param per the time, 1 millisecond to 1 day
/// @param burst how many may start at once after a pause, 1 to 1,000,000
public record Rate(int count, Duration per, int burst) {
  private static final int MOST = 1_000_000;

  /// Checks the ranges.
  public Rate {
    Settings.between("count", count, 1, MOST);
    Settings.within("per", per, Duration.ofMillis(1), Duration.ofDays(1));
    Settings.between("burst", burst, 1, MOST);
  }

  /// An even pace: a burst of 1.
  public static Rate of(int count, Duration per) {
    return new Rate(count, per, 1);
  }

  /// This rate with another burst.
  public Rate burst(int value) {
    return new Rate(count, per, value);
  }

  /// {@return the time between two tokens, in milliseconds}
  double intervalMillis() {
    return per.toNanos() / 1e6 / count;
  }
}
