package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The workers in memory.
final class MemoryCrew implements CrewStore {
  private final MemoryStore store;

  MemoryCrew(MemoryStore store) {
    this.store = store;
  }

  @Override
  public Optional<Duration> report(String name, String about) {
    return store.atomically(() -> {
      var epoch = store.epochs().get(name);
      if (epoch == null) {
        return Optional.empty();
      }
      epoch.about = about;
      return Optional.ofNullable(epoch.drain);
    });
  }

  @Override
  public List<Member> list() {
    return store.atomically(() -> {
      var now = store.now();
      return store.epochs().entrySet().stream()
          .filter(one -> one.getValue().deadline.isAfter(now))
          .map(one -> new Member(one.getKey(), one.getValue().about, running(one.getKey(), now)))
          .toList();
    });
  }

  private int running(String name, Instant now) {
    var epoch = store.epochs().get(name);
    return epoch == null
        ? 0
        : epoch.claims.queues().stream()
            .mapToInt(queue -> store.queue(queue, now).heldBy(name).size())
            .sum();
  }

  @Override
  public boolean drain(String worker, Duration deadline) {
    return store.atomically(() -> {
      boolean found = false;
      for (var one : store.epochs().entrySet()) {
        if (one.getKey().startsWith(worker + ".") && one.getValue().deadline.isAfter(store.now())) {
          one.getValue().drain = deadline;
          found = true;
        }
      }
      return found;
    });
  }

  @Override
  public List<JobInfo> overdue(String name, Duration time, int limit) {
    return store.atomically(() -> {
      var now = store.now();
      var before = now.minus(time);
      return store.queue(name, now).list(Registry.RUNNING, now).stream()
          .filter(info -> !since(info).isAfter(before))
          .sorted(Comparator.comparing(MemoryCrew::since).thenComparing(JobInfo::id))
          .limit(limit)
          .toList();
    });
  }

  private static Instant since(JobInfo info) {
    return info.state() instanceof JobState.Running running ? running.since() : Instant.MAX;
  }
}
