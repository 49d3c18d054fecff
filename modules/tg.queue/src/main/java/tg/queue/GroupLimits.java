package tg.queue;

import java.util.Optional;

/// What one group of a queue may do. Kept on the server, so all workers agree. Immutable; each
/// method returns a changed copy.
///
/// ```java
/// GroupLimits.NONE.running(2).waiting(1_000).rate(Rate.of(1, Duration.ofSeconds(1)))
/// ```
///
/// @param running how many of its jobs run at once, 1 or more; a worker's own limit holds too
/// @param waiting how many of its jobs may wait, 1 or more: an enqueue over it is refused with
///   {@link QueueException.QuotaReached}. Jobs that are scheduled, come back or follow others are
///   never refused
/// @param weight how many jobs it starts in each round of turns, 1 to 1,000
/// @param rate how often its jobs start
public record GroupLimits(int running, int waiting, int weight, Optional<Rate> rate) {
  /// No limit, and a weight of 1.
  public static final GroupLimits NONE =
      new GroupLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, 1, Optional.empty());

  /// Checks the ranges.
  public GroupLimits {
    Settings.between("running", running, 1, Integer.MAX_VALUE);
    Settings.between("waiting", waiting, 1, Integer.MAX_VALUE);
    Settings.between("weight", weight, 1, 1_000);
  }

  /// These limits with another number of running jobs.
  public GroupLimits running(int value) {
    return new GroupLimits(value, waiting, weight, rate);
  }

  /// These limits with another number of waiting jobs.
  public GroupLimits waiting(int value) {
    return new GroupLimits(running, value, weight, rate);
  }

  /// These limits with another weight.
  public GroupLimits weight(int value) {
    return new GroupLimits(running, waiting, value, rate);
  }

  /// These limits with another rate.
  public GroupLimits rate(Rate value) {
    return new GroupLimits(running, waiting, weight, Optional.of(value));
  }
}
