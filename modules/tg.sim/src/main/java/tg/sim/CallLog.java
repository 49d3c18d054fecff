package tg.sim;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Every call of the Bot API, the newest 100,000 kept, all counted. Thread-safe.
final class CallLog {
  private static final int KEPT = 100_000;

  private final ArrayDeque<SimCall> kept = new ArrayDeque<>();
  private final Map<String, Long> byMethod = new TreeMap<>();
  private final Map<Integer, Long> byStatus = new TreeMap<>();
  private long newest;
  private long calls;
  private long flood;
  private long planned;
  private long faults;

  synchronized void add(
      long bot, String method, Map<String, String> params, Instant at, SimCall.Outcome outcome) {
    kept.addLast(new SimCall(++newest, bot, method, params, at, outcome));
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
    calls++;
    byMethod.merge(method.toLowerCase(Locale.ROOT), 1L, Long::sum);
    byStatus.merge(outcome.status(), 1L, Long::sum);
    flood += outcome.flood() ? 1 : 0;
    faults += outcome.fault().isEmpty() ? 0 : 1;
    planned += outcome.fault().equals(Fault.Kind.TOO_MANY.word()) ? 1 : 0;
  }

  /// {@return calls with a larger number, oldest first}
  synchronized List<SimCall> after(long n) {
    return kept.stream().filter(call -> call.n() > n).toList();
  }

  synchronized SimStats stats() {
    return new SimStats(calls, byMethod, byStatus, flood, planned, faults);
  }

  synchronized void clear() {
    kept.clear();
    byMethod.clear();
    byStatus.clear();
    calls = 0;
    flood = 0;
    planned = 0;
    faults = 0;
  }
}
