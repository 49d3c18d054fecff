package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The waiting jobs of one priority: a lane per group, and the order in which the groups take their
/// turns. A job without a group is in the lane named by the empty text. Guarded by the store's
/// lock.
final class MemoryLanes {
  private final LinkedHashMap<String, Deque<MemoryJob>> turns = new LinkedHashMap<>();
  private @Nullable String begun;
  private int rest;

  void addLast(MemoryJob job) {
    lane(job).addLast(job);
  }

  void addFirst(MemoryJob job) {
    lane(job).addFirst(job);
  }

  void remove(MemoryJob job) {
    var lane = lane(job);
    lane.remove(job);
    if (lane.isEmpty()) {
      turns.remove(job.group());
    }
  }

  /// Takes the first job of the first group that may run. When the group has started as many as its
  /// weight says, its next turn comes after that of all others.
  Optional<MemoryJob> poll(Predicate<String> mayRun, ToIntFunction<String> weight) {
    for (var turn : turns.entrySet()) {
      var group = turn.getKey();
      if (mayRun.test(group)) {
        var lane = turn.getValue();
        var job = lane.removeFirst();
        int left = (group.equals(begun) ? rest : weight.applyAsInt(group)) - 1;
        begun = left > 0 ? group : null;
        rest = left;
        turns.remove(group);
        if (!lane.isEmpty() && left > 0) {
          turns.putFirst(group, lane);
        } else if (!lane.isEmpty()) {
          turns.putLast(group, lane);
        }
        return Optional.of(job);
      }
    }
    return Optional.empty();
  }

  /// Whether the job in front was enqueued so long ago.
  boolean aged(Optional<Duration> ageing, Instant now) {
    return !turns.isEmpty()
        && ageing.isPresent()
        && !turns.firstEntry().getValue().getFirst().enqueuedAt.plus(ageing.get()).isAfter(now);
  }

  boolean any(Predicate<String> mayRun) {
    return turns.keySet().stream().anyMatch(mayRun);
  }

  Set<String> groups() {
    return turns.keySet();
  }

  long count() {
    return turns.values().stream().mapToLong(Deque::size).sum();
  }

  long count(String group) {
    var lane = turns.get(group);
    return lane == null ? 0 : lane.size();
  }

  /// {@return all jobs in the order of their turns, those whose groups may not run last}
  List<MemoryJob> inOrder(Predicate<String> mayRun) {
    var order = new ArrayList<MemoryJob>();
    for (var first : List.of(mayRun, Predicate.not(mayRun))) {
      var rest = new ArrayList<Deque<MemoryJob>>();
      turns.forEach((group, lane) -> {
        if (first.test(group)) {
          rest.add(new ArrayDeque<>(lane));
        }
      });
      while (!rest.isEmpty()) {
        rest.forEach(lane -> order.add(lane.removeFirst()));
        rest.removeIf(Deque::isEmpty);
      }
    }
    return order;
  }

  private Deque<MemoryJob> lane(MemoryJob job) {
    return turns.computeIfAbsent(job.group(), group -> new ArrayDeque<>());
  }
}
