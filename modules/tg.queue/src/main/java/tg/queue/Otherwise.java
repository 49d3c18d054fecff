package tg.queue;

/// What becomes of a job when one that it depends on does not finish: it failed, was canceled, or
/// is not known (any more).
public enum Otherwise {
  /// The job is canceled, and so are those that depend on it in the same way.
  CANCEL,
  /// The job runs all the same: any end will do.
  RUN,
  /// The job stays deferred, until the other one is requeued and finishes, or until somebody
  /// cancels this one.
  KEEP
}
