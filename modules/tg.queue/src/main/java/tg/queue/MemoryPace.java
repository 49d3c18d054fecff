package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The attempts that count in the strict rate of a queue or a group: those that run, and those that
/// ended within its time. `pacing.lua` does the same. Guarded by the store's lock.
final class MemoryPace {
  /// By job while it runs, by job and attempt once it has ended; with the time of the end.
  private final Map<String, Instant> attempts = new HashMap<>();

  /// {@return when the next may start; empty when one may now}
  Optional<Instant> opening(Rate rate, Instant now) {
    var since = now.minus(rate.per());
    attempts.values().removeIf(end -> end.isBefore(since));
    if (attempts.size() < rate.burst()) {
      return Optional.empty();
    }
    var first = attempts.values().stream().min(Instant::compareTo).orElse(now);
    var end = first.isAfter(now) ? now : first;
    return Optional.of(end.plus(rate.per()).plus(Duration.ofMillis(1)));
  }

  void started(JobId id) {
    attempts.put(id.value(), Instant.MAX);
  }

  void ended(MemoryJob job, boolean counts, Instant now) {
    if (attempts.remove(job.id.value()) != null && counts) {
      attempts.put(job.id + ":" + job.attempt, now);
    }
  }
}
