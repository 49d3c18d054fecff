package tg.queue;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/// The schedules in memory. Each call is one step of its store.
final class MemorySchedules implements ScheduleStore {
  private static final int MOST_DUE = 100;

  private final MemoryStore store;
  private final TreeMap<String, Entry> entries = new TreeMap<>();

  MemorySchedules(MemoryStore store) {
    this.store = store;
  }

  @Override
  public boolean put(String name, String definition, Instant next) {
    return store.atomically(() -> {
      var old = entries.get(name);
      if (old != null && old.definition().equals(definition)) {
        return false;
      }
      boolean paused = old != null && old.next() == null;
      var last = old == null ? null : old.last();
      entries.put(name, new Entry(name, definition, paused ? null : next, last));
      return true;
    });
  }

  @Override
  public boolean remove(String name) {
    return store.atomically(() -> entries.remove(name) != null);
  }

  @Override
  public boolean pause(String name) {
    return store.atomically(() -> {
      var old = entries.get(name);
      if (old == null || old.next() == null) {
        return false;
      }
      entries.put(name, new Entry(name, old.definition(), null, old.last()));
      return true;
    });
  }

  @Override
  public boolean resume(String name, Instant next) {
    return store.atomically(() -> {
      var old = entries.get(name);
      if (old == null || old.next() != null) {
        return false;
      }
      entries.put(name, new Entry(name, old.definition(), next, old.last()));
      return true;
    });
  }

  @Override
  public Page list() {
    return store.atomically(() -> new Page(store.now(), List.copyOf(entries.values())));
  }

  @Override
  public Due due() {
    return store.atomically(() -> {
      var now = store.now();
      var due = entries.values().stream().filter(entry -> due(entry, now)).limit(MOST_DUE).toList();
      var next =
          entries.values().stream()
              .map(Entry::next)
              .filter(Objects::nonNull)
              .filter(at -> at.isAfter(now))
              .min(Comparator.naturalOrder());
      return new Due(now, due, next.orElse(null));
    });
  }

  private static boolean due(Entry entry, Instant now) {
    var next = entry.next();
    return next != null && !next.isAfter(now);
  }

  @Override
  public boolean tick(Tick tick) {
    return store.atomically(() -> {
      var asked = tick.entry();
      var entry = entries.get(asked.name());
      var now = store.now();
      if (entry == null
          || !entry.definition().equals(asked.definition())
          || !Objects.equals(entry.next(), asked.next())
          || !due(entry, now)) {
        return false;
      }
      store.addAll(tick.jobs(), now);
      var last = tick.last() == null ? entry.last() : tick.last();
      entries.put(entry.name(), new Entry(entry.name(), entry.definition(), tick.next(), last));
      return true;
    });
  }
}
