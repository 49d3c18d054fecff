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

  private static final int DEFAULT_CONCURRENCY = 16;
  private static final int DEFAULT_ATTEMPTS = 5;
  private static final int DEFAULT_CRASHES = 3;

  static WorkerSettings of(List<String> queues) {
    return new WorkerSettings(
        queues,
        DEFAULT_CONCURRENCY,
        Integer.MAX_VALUE,
        Duration.ofSeconds(10),
        RetryPolicy.exponential(DEFAULT_ATTEMPTS, Duration.ofSeconds(1), Duration.ofMinutes(5)),
        DEFAULT_CRASHES,
        (job, reason) -> List.of());
  }

  WorkerSettings {
    if (queues.isEmpty()) {
      throw new IllegalArgumentException("a worker needs at least one queue");
    }
    queues = queues.stream().map(queue -> Names.check("queue", queue)).distinct().toList();
    between("concurrency", concurrency, 1, 100_000);
    between("groupLimit", groupLimit, 1, Integer.MAX_VALUE);
    Settings.within("lease", lease, Duration.ofSeconds(1), Duration.ofMinutes(10));
    between("maxCrashes", maxCrashes, 1, Integer.MAX_VALUE);
  }

  private static void between(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " " + value + " must be between " + least + " and " + most);
    }
  }

  Store.Claims claims(String worker) {
    return new Store.Claims(worker, queues, groupLimit, lease);
  }
}
