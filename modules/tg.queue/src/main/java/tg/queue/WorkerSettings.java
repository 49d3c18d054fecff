package tg.queue;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/// What the {@link Worker.Builder} was told. Immutable.
///
/// @param queues in the order in which they are served
/// @param concurrency how many jobs run at once
/// @param groupLimit how many jobs of one group run at once over all workers
/// @param lease how long the server believes in the worker
/// @param retry what follows a failure
/// @param maxCrashes dead workers that a job may cost
/// @param onExhausted follow-ups of a job that fails because its budget is used up
record WorkerSettings(
    List<String> queues,
    int concurrency,
    int groupLimit,
    Duration lease,
    RetryPolicy retry,
    int maxCrashes,
    BiFunction<Job, String, List<NewJob>> onExhausted) {
  Store.Claims claims(String worker) {
    return new Store.Claims(worker, queues, groupLimit, lease);
  }
}
