package tg.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// Telegram's public limits on sending, enforced: one message a second in a private chat (three at
/// once are let through), 20 a minute in a group, 30 a second over all; edits count. Guarded by the
/// [World]'s lock.
///
/// The real limits are not published; who ignores a wait makes it longer, here as there.
final class FloodLimits {
  private static final Duration PENALTY = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /// So many calls are let through in each period. Immutable.
  private record Limit(int calls, Duration period) {}

  private static final Limit PRIVATE = new Limit(3, Duration.ofSeconds(3));
  private static final Limit GROUP = new Limit(20, Duration.ofMinutes(1));
  private static final Limit ALL = new Limit(30, Duration.ofSeconds(1));

  private static final class Lane {
    final ArrayDeque<Instant> calls = new ArrayDeque<>();
    Instant closedUntil = Instant.MIN;

    /* When the next call is allowed. */
    Instant opens(Limit limit, Instant now) {
      while (!calls.isEmpty() && !calls.getFirst().plus(limit.period).isAfter(now)) {
        calls.removeFirst();
      }
      return calls.size() < limit.calls ? now : calls.getFirst().plus(limit.period);
    }
  }

  private final Map<String, Lane> lanes = new HashMap<>();
  private boolean enforced;

  FloodLimits(boolean enforced) {
    this.enforced = enforced;
  }

  boolean enforced() {
    return enforced;
  }

  void enforce(boolean on) {
    enforced = on;
    lanes.clear();
  }

  /// Counts a call that puts or changes a message.
  ///
  /// @throws ApiError if it comes too soon
  void pass(Bot bot, String method, Args args, Instant now) {
    if (!enforced || !counts(method) || !args.has("chat_id")) {
      return;
    }
    String chat = args.text("chat_id").strip();
    Lane own = lane(bot.id() + " " + chat);
    Lane all = lane(String.valueOf(bot.id()));
    refuseWhileClosed(own, now);
    Instant ownOpens =
        own.opens(chat.startsWith("-") || chat.startsWith("@") ? GROUP : PRIVATE, now);
    Instant allOpens = all.opens(ALL, now);
    Instant opens = ownOpens.isAfter(allOpens) ? ownOpens : allOpens;
    if (opens.isAfter(now)) {
      own.closedUntil = opens;
      throw ApiError.flood(seconds(now, opens));
    }
    own.calls.add(now);
    all.calls.add(now);
  }

  private static void refuseWhileClosed(Lane lane, Instant now) {
    if (lane.closedUntil.isAfter(now)) {
      Instant longer = lane.closedUntil.plus(PENALTY);
      Instant cap = now.plus(LONGEST);
      lane.closedUntil = longer.isBefore(cap) ? longer : cap;
      throw ApiError.flood(seconds(now, lane.closedUntil));
    }
  }

  private static long seconds(Instant from, Instant to) {
    return Math.max(1, Duration.between(from, to).plusMillis(999).toSeconds());
  }

  private static boolean counts(String method) {
    boolean signal = method.equals("sendchataction") || method.equals("sendmessagedraft");
    return !signal
        && (method.startsWith("send") || method.startsWith("edit") || method.startsWith("copy"));
  }

  private Lane lane(String key) {
    return lanes.computeIfAbsent(key, _ -> new Lane());
  }

  void clear() {
    lanes.clear();
  }
}
