package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The waiting jobs of a {@link MemoryQueue}, by priority and group, and what their groups may do.
/// Guarded by the store's lock.
final class MemoryWaiting {
  private final Map<Priority, MemoryLanes> lanes = new EnumMap<>(Priority.class);
  private final MemoryRules rules = new MemoryRules();

  void addLast(MemoryJob job) {
    job.become(new JobState.Waiting());
    lanes(job).addLast(job);
  }

  void addFirst(MemoryJob job) {
    job.become(new JobState.Waiting());
    lanes(job).addFirst(job);
  }

  void remove(MemoryJob job) {
    lanes(job).remove(job);
  }

  MemoryRules rules() {
    return rules;
  }

  /// Takes the next job.
  ///
  /// @param aged whether only jobs that have waited for too long may go, the lowest first
  Optional<MemoryJob> poll(Predicate<String> mayRun, boolean aged, Instant now) {
    if (!rules.open(now)) {
      return Optional.empty();
    }
    var order = new ArrayList<>(lanes.values());
    if (aged) {
      Collections.reverse(order);
      order.removeIf(each -> !each.aged(rules.limits().ageing(), now));
    }
    var next =
        order.stream()
            .flatMap(each -> each.poll(mayRun, group -> rules.of(group).weight()).stream())
            .findFirst();
    next.ifPresent(job -> rules.took(job, now));
    return next;
  }

  boolean any(Predicate<String> mayRun, Instant now) {
    return rules.open(now) && lanes.values().stream().anyMatch(each -> each.any(mayRun));
  }

  long count() {
    return lanes.values().stream().mapToLong(MemoryLanes::count).sum();
  }

  long count(String group) {
    return lanes.values().stream().mapToLong(each -> each.count(group)).sum();
  }

  Duration oldest(Instant now) {
    return lanes.values().stream()
        .flatMap(each -> each.inOrder(group -> true).stream())
        .map(job -> Duration.between(job.enqueuedAt, now))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  List<MemoryJob> inOrder(Instant now) {
    var all = new ArrayList<MemoryJob>();
    Predicate<String> open = group -> rules.closedUntil(group, now).isEmpty();
    lanes.values().forEach(each -> all.addAll(each.inOrder(open)));
    return all;
  }

  void close(String group, Duration time, Instant now) {
    if (!group.isEmpty()) {
      rules.close(group, time, now);
    }
  }

  void forget(Instant now) {
    rules.forget(now);
  }

  /// {@return when closed groups open that have jobs, or the queue}
  Stream<Instant> openings(Instant now) {
    var groups = lanes.values().stream().flatMap(each -> each.groups().stream());
    return Stream.concat(Stream.of(""), groups).flatMap(group -> rules.opens(group, now).stream());
  }

  private MemoryLanes lanes(MemoryJob job) {
    return lanes.computeIfAbsent(job.asked.priority(), priority -> new MemoryLanes());
  }
}
