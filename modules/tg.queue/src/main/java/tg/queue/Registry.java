package tg.queue;

import java.util.Locale;

/// The seven places where a job can be; one for each {@link JobState}.
public enum Registry {
  /// Not before an instant.
  SCHEDULED,
  /// When others have ended.
  DEFERRED,
  /// As soon as possible.
  WAITING,
  /// With a worker.
  RUNNING,
  /// Ended well; until its keep time is over.
  FINISHED,
  /// Ended badly; until its keep time is over.
  FAILED,
  /// Canceled; until its keep time is over.
  CANCELED;

  boolean ended() {
    return this == FINISHED || this == FAILED || this == CANCELED;
  }

  /// As scripts and messages name it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
