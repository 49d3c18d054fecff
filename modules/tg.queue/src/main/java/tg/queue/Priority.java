package tg.queue;

/// How urgent a job is within its queue. Levels are strict: a lower one starts only when no higher
/// one may.
public enum Priority {
  /// Before everything else.
  URGENT,
  /// Before the ordinary.
  HIGH,
  /// The default.
  NORMAL,
  /// When there is nothing else to do.
  LOW
}
