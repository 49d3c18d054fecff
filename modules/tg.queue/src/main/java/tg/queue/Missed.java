package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What becomes of the ticks of a {@link Schedule} that passed while no process of the application
/// ran. Immutable.
///
/// @param most how many of them run at most, the latest ones, 0 to 1,000
public record Missed(int most) {
  /// For how long a tick is late and not yet missed.
  static final Duration GRACE = Duration.ofMinutes(1);

  /// None of them runs. A tick that is found within a minute is late, not missed.
  public static final Missed SKIP = new Missed(0);

  /// The latest of them runs, once.
  public static final Missed RUN_ONCE = new Missed(1);

  /// Checks the number.
  public Missed {
    if (most < 0 || most > 1_000) {
      throw new IllegalArgumentException(
          "most " + most + " must be between 0 and 1000 missed ticks");
    }
  }

  /// The latest ones run, in order, up to that many.
  ///
  /// @param most 1 to 1,000
  public static Missed runUpTo(int most) {
    return new Missed(most);
  }

  /// {@return those of the passed ticks, the latest of them given last, that run}
  List<Instant> chosen(List<Instant> latest, Instant now) {
    int from = Math.max(0, latest.size() - most);
    if (from < latest.size() || latest.isEmpty()) {
      return latest.subList(from, latest.size());
    }
    var last = latest.getLast();
    return last.plus(GRACE).isBefore(now) ? List.of() : List.of(last);
  }
}
