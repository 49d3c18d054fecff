package tg.queue;

import java.time.Instant;
import java.util.List;

/// Jobs of one queue to which the same has happened in the same step. Immutable.
///
/// @param position where it is in the stream; reading goes on after it
/// @param at when, by the server's clock
/// @param kind what
/// @param queue the queue
/// @param jobs which
public record Event(String position, Instant at, Kind kind, String queue, List<JobId> jobs) {

  /// What has happened.
  public enum Kind {
    /// They wait: added, due, tried again, taken back from a dead worker, or requeued.
    WAITING,
    /// They must not run before an instant: added so, or tried again later.
    SCHEDULED,
    /// They wait for other jobs.
    DEFERRED,
    /// A worker has them.
    RUNNING,
    /// Their handlers said how far they have come.
    PROGRESS,
    /// They ended well.
    FINISHED,
    /// They ended badly, for good.
    FAILED,
    /// They were canceled.
    CANCELED,
    /// They were forgotten before their time.
    DELETED
  }
}
