package tg.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the {@link Worker.Builder} was told. Immutable.
///
/// @param serving which queues
/// @param concurrency how many jobs run at once
/// @param groupLimit how many jobs of one group run at once over all workers
/// @param lease how long the server believes in the worker
/// @param limits how long an attempt may take
/// @param failing what follows a failure
/// @param lastWords jobs that follow an end
record WorkerSettings(
    Serving serving,
    int concurrency,
    int groupLimit,
    Duration lease,
    Limits limits,
    Failing failing,
    LastWords lastWords) {

  /// Which queues a worker serves.
  ///
  /// @param queues in their order
  /// @param weights by queue; none for that order
  record Serving(List<String> queues, Map<String, Integer> weights) {}

  List<String> queues() {
    return serving.queues;
  }

  ServingOrder order() {
    return new ServingOrder(serving.queues, serving.weights);
  }

  /// How long an attempt may take.
  ///
  /// @param timeout until it is interrupted, unless the job says itself; null for no limit
  /// @param grace from an interruption until its slot is freed
  record Limits(@Nullable Duration timeout, Duration grace) {}

  /// What follows a failure.
  ///
  /// @param classifier what kind of failure it is
  /// @param retry how often and when it is tried again, unless the job says itself
  /// @param maxCrashes dead workers that a job may cost
  record Failing(Classifier classifier, RetryPolicy retry, int maxCrashes) {}

  Store.Claims claims(String worker) {
    return new Store.Claims(worker, queues(), groupLimit, lease);
  }
}
