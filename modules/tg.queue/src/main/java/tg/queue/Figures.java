package tg.queue;

import java.time.Duration;

/// A queue in numbers that {@link Counts} does not have, at one instant. Immutable.
///
/// @param totals what happened so far
/// @param workers how many workers serve it now
/// @param oldestWaiting how long ago the oldest waiting job was added; zero when none waits. When
///   more than 100 groups of a priority wait, it is the oldest among those next in turn
public record Figures(Totals totals, int workers, Duration oldestWaiting) {
  /// Of two partitions together; a worker serves all of them.
  Figures plus(Figures other) {
    boolean older = oldestWaiting.compareTo(other.oldestWaiting) >= 0;
    return new Figures(
        totals.plus(other.totals),
        Math.max(workers, other.workers),
        older ? oldestWaiting : other.oldestWaiting);
  }

  /// What happened since the queue began, or since it was last without any end for 30 days.
  ///
  /// @param added jobs
  /// @param finished jobs that ended well
  /// @param failed jobs that ended badly
  /// @param canceled jobs that were canceled
  public record Totals(long added, long finished, long failed, long canceled) {
    private Totals plus(Totals other) {
      return new Totals(
          added + other.added,
          finished + other.finished,
          failed + other.failed,
          canceled + other.canceled);
    }
  }
}
