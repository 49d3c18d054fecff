package tg.queue;

import java.time.Duration;
import java.util.Optional;

/// What a queue may do. Kept on the server, so all workers agree. Immutable; each method returns a
/// changed copy.
///
/// @param rate how often its jobs start, over all workers
/// @param ageing jobs that were enqueued longer ago go before those of higher priority, as long as
///   they are at most half of what is claimed; so none starves. 1 millisecond to 30 days
/// @param eachGroup what each group may do that has no limits of its own
public record QueueLimits(Optional<Rate> rate, Optional<Duration> ageing, GroupLimits eachGroup) {
  /// No limits.
  public static final QueueLimits NONE =
      new QueueLimits(Optional.empty(), Optional.empty(), GroupLimits.NONE);

  /// Checks the ranges.
  public QueueLimits {
    ageing.ifPresent(
        value -> Settings.within("ageing", value, Duration.ofMillis(1), Duration.ofDays(30)));
  }

  /// These limits with another rate.
  public QueueLimits rate(Rate value) {
    return new QueueLimits(Optional.of(value), ageing, eachGroup);
  }

  /// These limits with ageing.
  public QueueLimits ageing(Duration value) {
    return new QueueLimits(rate, Optional.of(value), eachGroup);
  }

  /// These limits with others for each group.
  public QueueLimits eachGroup(GroupLimits value) {
    return new QueueLimits(rate, ageing, value);
  }
}
