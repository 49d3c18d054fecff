package tg.sim;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// The faults that are planned, oldest first. Thread-safe.
final class FaultPlan {
  private static final class Entry {
    final Fault fault;
    final Random random;
    int seen;
    int struck;

    Entry(Fault fault) {
      this.fault = fault;
      this.random = new Random(fault.chance().seed());
    }

    boolean matches(long bot, String method) {
      return (fault.bot() == 0 || fault.bot() == bot)
          && (fault.method().isEmpty() || fault.method().equalsIgnoreCase(method));
    }

    boolean strikes() {
      return ++seen >= fault.nth() && random.nextDouble() < fault.chance().probability();
    }
  }

  private final Map<Integer, Entry> entries = new LinkedHashMap<>();
  private int lastId;

  synchronized int add(Fault fault) {
    entries.put(++lastId, new Entry(fault));
    return lastId;
  }

  /// {@return the fault that strikes this call, if any does; every fault that matches has then seen
  /// it}
  synchronized Optional<Fault> strike(long bot, String method) {
    Fault struck = null;
    Iterator<Entry> all = entries.values().iterator();
    while (all.hasNext()) {
      Entry entry = all.next();
      if (!entry.matches(bot, method) || !entry.strikes() || struck != null) {
        continue;
      }
      struck = entry.fault;
      entry.struck++;
      if (entry.struck == entry.fault.times()) {
        all.remove();
      }
    }
    return Optional.ofNullable(struck);
  }

  synchronized Map<Integer, Fault> all() {
    Map<Integer, Fault> faults = new LinkedHashMap<>();
    entries.forEach((id, entry) -> faults.put(id, entry.fault));
    return faults;
  }

  synchronized void clear() {
    entries.clear();
  }

  synchronized boolean clear(int id) {
    return entries.remove(id) != null;
  }
}
