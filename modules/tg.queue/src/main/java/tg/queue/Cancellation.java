package tg.queue;

/// What a request to cancel came to.
public enum Cancellation {
  /// The job was waiting or scheduled and is canceled now.
  CANCELED,
  /// The job is running; its worker has been told and interrupts the handler.
  REQUESTED,
  /// The job had ended already, or is not known.
  TOO_LATE
}
