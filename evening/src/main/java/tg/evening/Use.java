package tg.evening;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tg.sim.SimCall;

/// How much of what Telegram's limits allow was used while letters waited. Immutable.
///
/// For each chat, and each time in which letters waited for it without a break, it is worked out
/// how many calls the chat's limit would have let through if each had come as early as it could; of
/// all chats together no more than thirty a second. These are compared with the calls there were.
///
/// @param sent calls to chats for which letters waited
/// @param allowed how many could have been
record Use(long sent, long allowed) {
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  /// Of what a killed process had begun, and a moment for it to be taken up again.
  private static final Duration LEASE = Duration.ofSeconds(12);

  private static final int ALL_A_SECOND = 30;

  /// So many in each period.
  private record Limit(int calls, Duration period) {
    static Limit of(long chat) {
      return chat < 0 ? new Limit(20, Duration.ofMinutes(1)) : new Limit(3, Duration.ofSeconds(3));
    }
  }

  /// A time in which letters waited for a chat.
  private record Span(long chat, Instant from, Instant until) {
    boolean has(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }

  static Use of(Evidence evidence) {
    var counted = new HashMap<Long, List<Instant>>();
    evidence.wire().calls().stream()
        .filter(Use::counts)
        .forEach(call ->
            counted
                .computeIfAbsent(Long.valueOf(call.params().get("chat_id")), _ -> new ArrayList<>())
                .add(call.at()));
    var could = new TreeMap<Long, Integer>();
    var did = new TreeMap<Long, Integer>();
    var spans = spans(undisturbed(evidence));
    for (var span : spans) {
      var calls = counted.getOrDefault(span.chat, List.of());
      earliest(span, calls).forEach(at -> could.merge(at.getEpochSecond(), 1, Integer::sum));
      calls.stream()
          .filter(span::has)
          .forEach(at -> did.merge(at.getEpochSecond(), 1, Integer::sum));
    }
    var all = new TreeMap<Long, Integer>();
    counted
        .values()
        .forEach(calls -> calls.forEach(at -> all.merge(at.getEpochSecond(), 1, Integer::sum)));
    long allowed = 0;
    long more = 0;
    for (var second : could.entrySet()) {
      long others =
          (long) all.getOrDefault(second.getKey(), 0) - did.getOrDefault(second.getKey(), 0);
      more += second.getValue();
      long now = Math.min(more, Math.max(0, ALL_A_SECOND - others));
      allowed += now;
      more -= now;
    }
    return new Use(did.values().stream().mapToLong(Integer::longValue).sum(), allowed);
  }

  private static boolean counts(SimCall call) {
    var method = call.method().toLowerCase(java.util.Locale.ROOT);
    boolean signal = method.equals("sendchataction") || method.equals("sendmessagedraft");
    return !signal
        && (method.startsWith("send") || method.startsWith("edit"))
        && call.params().containsKey("chat_id")
        && call.outcome().status() != 429;
  }

  /// Looks without the times in which letters waited for a process that is dead, and its lease.
  private static List<Evidence.Backlog> undisturbed(Evidence evidence) {
    return evidence.backlog().stream()
        .map(look ->
            evidence.troubles().stream().anyMatch(trouble -> disturbs(trouble, look.at()))
                ? new Evidence.Backlog(look.at(), Map.of())
                : look)
        .toList();
  }

  private static boolean disturbs(Evidence.Trouble trouble, Instant at) {
    var leased = trouble.from().plus(LEASE);
    var until = trouble.until().isAfter(leased) ? trouble.until() : leased;
    return trouble.isProcess() && at.isAfter(trouble.from()) && at.isBefore(until);
  }

  private static List<Span> spans(List<Evidence.Backlog> looks) {
    var spans = new ArrayList<Span>();
    var since = new HashMap<Long, Instant>();
    Instant last = Instant.EPOCH;
    for (var look : looks) {
      for (var chat : look.letters().keySet()) {
        since.putIfAbsent(chat, look.at());
      }
      end(since, look.letters(), last, spans);
      last = look.at();
    }
    end(since, Map.of(), last, spans);
    return spans;
  }

  private static void end(
      Map<Long, Instant> since, Map<Long, Integer> still, Instant last, List<Span> spans) {
    since.forEach((chat, from) -> {
      if (!still.containsKey(chat) && Duration.between(from, last).compareTo(SHORTEST) >= 0) {
        spans.add(new Span(chat, from, last));
      }
    });
    since.keySet().retainAll(still.keySet());
  }

  /// When calls could have come at the earliest, given those before.
  private static List<Instant> earliest(Span span, List<Instant> calls) {
    var limit = Limit.of(span.chat);
    var recent = new ArrayDeque<Instant>();
    calls.stream().filter(at -> at.isBefore(span.from)).forEach(recent::add);
    var times = new ArrayList<Instant>();
    var now = span.from;
    while (true) {
      while (recent.size() > limit.calls) {
        recent.removeFirst();
      }
      if (recent.size() == limit.calls) {
        var opens = recent.getFirst().plus(limit.period);
        now = opens.isAfter(now) ? opens : now;
      }
      if (!now.isBefore(span.until)) {
        return times;
      }
      times.add(now);
      recent.add(now);
    }
  }

  /// {@return the part that was used, in percent; 100 when nothing waited}
  double percent() {
    return allowed == 0 ? 100 : 100.0 * sent / allowed;
  }
}
