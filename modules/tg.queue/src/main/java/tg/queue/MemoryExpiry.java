package tg.queue;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/// When jobs of a {@link MemoryQueue} come to an end that have not ended by then. Guarded by the
/// store's lock.
final class MemoryExpiry {
  private final TreeSet<MemoryJob> jobs =
      new TreeSet<>(Comparator.comparing(MemoryExpiry::at).thenComparingLong(job -> job.sequence));

  /// Notes when the job expires, which depends on whether it was started.
  void note(MemoryJob job) {
    forget(job);
    job.expires = job.expiry();
    if (job.expires != null) {
      jobs.add(job);
    }
  }

  void forget(MemoryJob job) {
    if (job.expires != null) {
      jobs.remove(job);
      job.expires = null;
    }
  }

  /// {@return a job that has expired and does not run; a worker knows the deadline of what it runs}
  Optional<MemoryJob> poll(Instant now) {
    while (due(now)) {
      var job = jobs.removeFirst();
      job.expires = null;
      if (!(job.state instanceof JobState.Running)) {
        return Optional.of(job);
      }
    }
    return Optional.empty();
  }

  boolean due(Instant now) {
    return !jobs.isEmpty() && !at(jobs.first()).isAfter(now);
  }

  Optional<Instant> next() {
    return jobs.isEmpty() ? Optional.empty() : Optional.of(at(jobs.first()));
  }

  private static Instant at(MemoryJob job) {
    return job.expires == null ? Instant.MAX : job.expires;
  }
}
