package tg.queue;

/// The six places where a job can be; one for each {@link JobState}.
public enum Registry {
  /// Not before an instant.
  SCHEDULED,
  /// As soon as possible.
  WAITING,
  /// With a worker.
  RUNNING,
  /// Ended well; until its keep time is over.
  FINISHED,
  /// Ended badly; until its keep time is over.
  FAILED,
  /// Canceled; until its keep time is over.
  CANCELED
}
