package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a queue in memory and its groups may do, and until when they may not. Guarded by the
/// store's lock.
final class MemoryRules {
  private QueueLimits limits = QueueLimits.NONE;
  private final Map<String, GroupLimits> groups = new TreeMap<>();
  private final Map<String, Instant> closedUntil = new HashMap<>();
  private final Map<String, Double> fullAt = new HashMap<>();
  private final Map<String, MemoryPace> paces = new HashMap<>();

  QueueLimits limits() {
    return limits;
  }

  Map<String, GroupLimits> groups() {
    return Map.copyOf(groups);
  }

  void limit(QueueLimits value) {
    limits = value;
  }

  void limit(String name, @Nullable GroupLimits value) {
    if (value == null) {
      groups.remove(name);
    } else {
      groups.put(name, value);
    }
  }

  /// The limits of one group: its own, or those of the longest beginning, or those of each.
  GroupLimits of(String group) {
    var own = groups.get(group);
    if (own != null || group.isEmpty()) {
      return own == null ? GroupLimits.NONE : own;
    }
    for (int length = group.length(); length >= 0; length--) {
      var pattern = groups.get(group.substring(0, length) + "*");
      if (pattern != null) {
        return pattern;
      }
    }
    return limits.eachGroup();
  }

  /// Closes the queue (the empty name) or a group.
  void close(String group, @Nullable Duration time, Instant now) {
    var until = time == null ? Instant.MAX : now.plus(time);
    if (group.isEmpty()) {
      closedUntil.put(group, until);
    } else {
      closedUntil.merge(group, until, (a, b) -> a.isAfter(b) ? a : b);
    }
  }

  void open(String group) {
    closedUntil.remove(group);
  }

  Optional<Instant> closedUntil(String group, Instant now) {
    return Optional.ofNullable(closedUntil.get(group)).filter(until -> until.isAfter(now));
  }

  void forget(Instant now) {
    closedUntil.values().removeIf(until -> !until.isAfter(now));
  }

  /// Whether the queue may start a job now.
  boolean open(Instant now) {
    return closedUntil("", now).isEmpty() && opening("", limits.rate(), now).isEmpty();
  }

  /// Whether a group may start a job now.
  boolean open(String group, Instant now) {
    return group.isEmpty()
        || (closedUntil(group, now).isEmpty() && opening(group, of(group).rate(), now).isEmpty());
  }

  /// When the queue or a group may start a job again; empty when it may, or never may.
  Optional<Instant> opens(String group, Instant now) {
    var rate = group.isEmpty() ? limits.rate() : of(group).rate();
    var closed = closedUntil(group, now);
    return closed.isPresent()
        ? closed.filter(until -> until.isBefore(Instant.MAX))
        : opening(group, rate, now);
  }

  /// A job has been claimed.
  void took(MemoryJob job, Instant now) {
    take("", job, limits.rate(), now);
    if (!job.group().isEmpty()) {
      take(job.group(), job, of(job.group()).rate(), now);
    }
  }

  private void take(String group, MemoryJob job, Optional<Rate> rate, Instant now) {
    if (rate.isPresent() && rate.get().strict()) {
      pace(group).started(job.id);
    } else if (rate.isPresent()) {
      double since = Math.max(fullAt.getOrDefault(group, 0.0), (double) now.toEpochMilli());
      fullAt.put(group, since + rate.get().intervalMillis());
    }
  }

  private MemoryPace pace(String group) {
    return paces.computeIfAbsent(group, name -> new MemoryPace());
  }

  /// An attempt of a job has ended.
  ///
  /// @param counts whether it did what a strict rate is about
  void ended(MemoryJob job, boolean counts, Instant now) {
    for (var group : List.of("", job.group())) {
      var pace = paces.get(group);
      if (pace != null) {
        pace.ended(job, counts, now);
      }
    }
  }

  /// A bucket is the time at which it would be full but one.
  private Optional<Instant> opening(String group, Optional<Rate> rate, Instant now) {
    if (rate.isEmpty()) {
      return Optional.empty();
    }
    if (rate.get().strict()) {
      return pace(group).opening(rate.get(), now);
    }
    double interval = rate.get().intervalMillis();
    int burst = rate.get().burst();
    double since = Math.max(fullAt.getOrDefault(group, 0.0), (double) now.toEpochMilli());
    boolean any = Math.floor((now.toEpochMilli() - since) / interval + burst + 1e-6) >= 1;
    long next = (long) Math.ceil(since + interval - burst * interval);
    return any ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
  }
}
