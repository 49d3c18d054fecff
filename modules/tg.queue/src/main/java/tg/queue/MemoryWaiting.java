package tg.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The waiting jobs of a {@link MemoryQueue}, by priority and group, and which groups are closed.
/// Guarded by the store's lock.
final class MemoryWaiting {
  private final Map<Priority, MemoryLanes> lanes = new EnumMap<>(Priority.class);
  private final Map<String, Instant> closedUntil = new HashMap<>();

  void addLast(MemoryJob job) {
    job.state = new JobState.Waiting();
    lanes(job).addLast(job);
  }

  void addFirst(MemoryJob job) {
    job.state = new JobState.Waiting();
    lanes(job).addFirst(job);
  }

  void remove(MemoryJob job) {
    lanes(job).remove(job);
  }

  Optional<MemoryJob> poll(Predicate<String> mayRun) {
    return lanes.values().stream().flatMap(each -> each.poll(mayRun).stream()).findFirst();
  }

  boolean any(Predicate<String> mayRun) {
    return lanes.values().stream().anyMatch(each -> each.any(mayRun));
  }

  long count() {
    return lanes.values().stream().mapToLong(MemoryLanes::count).sum();
  }

  long count(String group) {
    return lanes.values().stream().mapToLong(each -> each.count(group)).sum();
  }

  List<MemoryJob> inOrder(Instant now) {
    var all = new ArrayList<MemoryJob>();
    lanes.values().forEach(each -> all.addAll(each.inOrder(group -> open(group, now))));
    return all;
  }

  void close(String group, Instant until) {
    if (!group.isEmpty()) {
      closedUntil.merge(group, until, (a, b) -> a.isAfter(b) ? a : b);
    }
  }

  boolean open(String group, Instant now) {
    return !closedUntil.getOrDefault(group, Instant.MIN).isAfter(now);
  }

  void forget(Instant now) {
    closedUntil.values().removeIf(until -> !until.isAfter(now));
  }

  /// {@return when closed groups open that have jobs}
  Stream<Instant> openings() {
    return closedUntil.entrySet().stream()
        .filter(closed -> count(closed.getKey()) > 0)
        .map(Map.Entry::getValue);
  }

  private MemoryLanes lanes(MemoryJob job) {
    return lanes.computeIfAbsent(job.asked.priority(), priority -> new MemoryLanes());
  }
}
