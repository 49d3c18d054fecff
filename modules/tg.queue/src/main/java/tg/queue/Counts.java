package tg.queue;

/// How many jobs of a queue are in each registry, at one instant. Immutable.
///
/// @param waiting as soon as possible
/// @param scheduled not before an instant
/// @param running with a worker
/// @param finished ended well, still readable
/// @param failed ended badly, still readable
/// @param canceled canceled, still readable
/// @param deferred when others have ended
public record Counts(
    long waiting,
    long scheduled,
    long running,
    long finished,
    long failed,
    long canceled,
    long deferred) {
  /// With no deferred jobs.
  public Counts(
      long waiting, long scheduled, long running, long finished, long failed, long canceled) {
    this(waiting, scheduled, running, finished, failed, canceled, 0);
  }

  /// {@return the sums of both}
  Counts plus(Counts other) {
    return new Counts(
        waiting + other.waiting,
        scheduled + other.scheduled,
        running + other.running,
        finished + other.finished,
        failed + other.failed,
        canceled + other.canceled,
        deferred + other.deferred);
  }

  /// {@return the number of one registry}
  long of(Registry registry) {
    return switch (registry) {
      case SCHEDULED -> scheduled;
      case WAITING -> waiting;
      case RUNNING -> running;
      case FINISHED -> finished;
      case FAILED -> failed;
      case CANCELED -> canceled;
      case DEFERRED -> deferred;
    };
  }
}
