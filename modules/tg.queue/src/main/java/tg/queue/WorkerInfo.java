package tg.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A worker that is alive, as it said a few seconds ago. Immutable; a snapshot.
///
/// @param id as {@link Worker#id()} gives it
/// @param place where it runs
/// @param queues which it serves, in this order
/// @param concurrency how many jobs it runs at once at most
/// @param load what it has done and does
/// @param pausedUntil until when it starts nothing, see {@link Workers#pause}; {@link Instant#MAX}
///   until it is resumed
public record WorkerInfo(
    String id,
    Place place,
    List<String> queues,
    int concurrency,
    Load load,
    Optional<Instant> pausedUntil) {

  /// Where a worker runs. Immutable.
  ///
  /// @param host the machine's name
  /// @param pid the process
  /// @param version of this library there; empty when its module does not say
  /// @param since when it started, by its own clock
  public record Place(String host, long pid, String version, Instant since) {}

  /// What a worker has done and does. Immutable.
  ///
  /// @param running jobs it runs now, as the server knows
  /// @param done attempts that ended well since it started
  /// @param failed attempts that failed since it started
  /// @param perSecond attempts that ended in a second, of late
  public record Load(int running, long done, long failed, double perSecond) {}

  /// This one, and what it does in another partition.
  WorkerInfo plus(WorkerInfo other) {
    var sum =
        new Load(
            load.running + other.load.running,
            load.done + other.load.done,
            load.failed + other.load.failed,
            load.perSecond + other.load.perSecond);
    return new WorkerInfo(id, place, queues, concurrency, sum, pausedUntil);
  }
}
