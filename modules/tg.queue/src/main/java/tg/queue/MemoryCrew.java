package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
          .map(one -> member(one.getKey(), one.getValue(), now))
          .toList();
    });
  }

  private Member member(String name, MemoryEpoch epoch, Instant now) {
    var until = store.pausedUntil(epoch.claims.worker(), now);
    return new Member(name, epoch.about, running(name, now), until);
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
    return each(worker, epoch -> epoch.drain = deadline);
  }

  @Override
  public boolean pause(String worker, @Nullable Duration time) {
    return each(
        worker,
        epoch -> {
          var until = time == null ? Instant.MAX : store.now().plus(time);
          store.pauses().put(worker, until);
          epoch.called = true;
        });
  }

  @Override
  public boolean resume(String worker) {
    return each(
        worker,
        epoch -> {
          store.pauses().remove(worker);
          epoch.called = true;
        });
  }

  /// {@return whether there is one}
  private boolean each(String worker, Consumer<MemoryEpoch> what) {
    return store.atomically(() -> {
      var alive =
          store.epochs().values().stream()
              .filter(epoch -> epoch.claims.worker().equals(worker))
              .filter(epoch -> epoch.deadline.isAfter(store.now()))
              .toList();
      alive.forEach(what);
      return !alive.isEmpty();
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
