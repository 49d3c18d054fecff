package tg.queue;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// Who waits in this process for the end of which job. Thread-safe.
final class Awaited {
  private final Map<JobRef, Waiters> all = new ConcurrentHashMap<>();

  /// Those who wait for one job.
  static final class Waiters {
    private final CountDownLatch end = new CountDownLatch(1);
    private int count;

    /// Opened at the end of the job, or when somebody should look.
    CountDownLatch end() {
      return end;
    }
  }

  /// One more waits for the job.
  Waiters join(JobRef job) {
    return all.compute(
        job,
        (key, present) -> {
          var waiters = present == null ? new Waiters() : present;
          waiters.count++;
          return waiters;
        });
  }

  /// One waits no longer.
  void leave(JobRef job, Waiters waiters) {
    all.computeIfPresent(
        job, (key, present) -> present == waiters && --present.count == 0 ? null : present);
  }

  /// The job has ended.
  void ended(JobRef job) {
    var waiters = all.remove(job);
    if (waiters != null) {
      waiters.end.countDown();
    }
  }

  /// Everybody should look.
  void endAll() {
    all.keySet().forEach(this::ended);
  }

  /// {@return the jobs that somebody waits for}
  Set<JobRef> jobs() {
    return Set.copyOf(all.keySet());
  }
}
