package tg.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The waiting jobs of one priority: a lane per group, and the order in which the groups take their
/// turns. A job without a group is in the lane named by the empty text. Guarded by the store's
/// lock.
final class MemoryLanes {
  private final LinkedHashMap<String, Deque<MemoryJob>> turns = new LinkedHashMap<>();

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

  /// Takes the first job of the first group that may run; the group's next turn comes after that of
  /// all others.
  Optional<MemoryJob> poll(Predicate<String> mayRun) {
    for (var turn : turns.entrySet()) {
      if (mayRun.test(turn.getKey())) {
        var job = turn.getValue().removeFirst();
        turns.remove(job.group());
        if (!turn.getValue().isEmpty()) {
          turns.putLast(job.group(), turn.getValue());
        }
        return Optional.of(job);
      }
    }
    return Optional.empty();
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
