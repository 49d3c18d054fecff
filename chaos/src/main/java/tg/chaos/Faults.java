package tg.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What was broken when. Immutable.
///
/// @param spans in the order of their beginning
/// @param leaseNanos of each worker
record Faults(List<Span> spans, long leaseNanos) {
  /// Kinds that can keep a worker from renewing its lease in time.
  private static final Set<String> SILENCING =
      Set.of(
          "kill",
          "pause",
          "half-open",
          "kill-server",
          "stop-server",
          "kill-primary",
          "pause-primary",
          "hand-over");

  private static final Set<String> PROMOTING = Set.of("kill-primary", "pause-primary", "hand-over");

  /// @param from when it was broken
  /// @param to when it worked again; {@link Long#MAX_VALUE} for never
  record Span(String kind, String target, long from, long to) {
    boolean touches(String who) {
      return target.equals("all") || target.equals(who);
    }
  }

  static Faults of(List<Entry> entries, Duration lease) {
    var spans = new ArrayList<Span>();
    for (var entry : entries) {
      switch (entry) {
        case Entry.Struck(var at, var kind, var target) ->
            spans.add(new Span(kind, target, at, Long.MAX_VALUE));
        case Entry.Healed(var at, var kind, var target) -> heal(spans, at, kind, target);
        default -> {}
      }
    }
    return new Faults(List.copyOf(spans), lease.toNanos());
  }

  private static void heal(List<Span> spans, long at, String kind, String target) {
    for (int i = 0; i < spans.size(); i++) {
      var span = spans.get(i);
      if (span.to == Long.MAX_VALUE && span.kind.equals(kind) && span.target.equals(target)) {
        spans.set(i, new Span(kind, target, span.from, at));
        return;
      }
    }
  }

  int count() {
    return spans.size();
  }

  /// Whether something kept a worker silent between the start of an attempt and that of the next. A
  /// lease before the start counts too: what was silent then may have lost its lease after.
  boolean explain(String who, long start, long next) {
    return spans.stream()
        .filter(span -> SILENCING.contains(span.kind) && span.touches(who))
        .anyMatch(span -> span.from <= next && span.to >= start - leaseNanos);
  }

  /// Whether another server became the primary in that time.
  boolean promoted(long from, long to) {
    return spans.stream()
        .filter(span -> PROMOTING.contains(span.kind))
        .anyMatch(span -> span.from <= to && span.to >= from);
  }

  /// How many executions may be repeated: as many as can run where and when something was broken.
  long lossLimit(Setting setting) {
    return spans.stream()
        .mapToLong(span ->
            span.target.equals("all")
                ? (long) setting.workers() * setting.concurrency()
                : span.target.startsWith("worker") ? setting.concurrency() : 0)
        .sum();
  }
}
