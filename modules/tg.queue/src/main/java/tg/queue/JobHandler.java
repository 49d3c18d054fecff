package tg.queue;

/// The work. Called on a virtual thread of its own for each attempt; must be thread-safe.
@FunctionalInterface
public interface JobHandler {
  /// Runs one attempt and says how it ended.
  ///
  /// The thread is interrupted when the job is canceled, when a drain passes its deadline, or when
  /// the worker lost its lease; react by returning or throwing soon. What is returned after a loss
  /// of the job is discarded and counted.
  ///
  /// @throws Exception an exception is a failed attempt: the worker's {@link RetryPolicy} decides
  ///   whether the job runs again
  Outcome handle(Job job) throws Exception;
}
