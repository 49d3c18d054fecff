package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/// The events in memory: an entry for each change.
final class MemoryEvents implements EventStore {
  private final MemoryStore store;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private Instant until = Instant.MIN;
  private int most;
  private long number;

  MemoryEvents(MemoryStore store) {
    this.store = store;
  }

  /// Something has happened to a job, within a step of the store.
  void tell(Event.Kind what, String queue, JobId id, Instant now) {
    if (until.isAfter(now)) {
      var text = what.name() + " " + queue + " " + id;
      entries.add(new Entry(now.toEpochMilli() + "-" + ++number, text));
      while (entries.size() > most) {
        entries.remove();
      }
    }
  }

  @Override
  public String record(int atMost, Duration time) {
    return store.atomically(() -> {
      most = atMost;
      until = store.now().plus(time);
      return entries.isEmpty() ? "0-0" : entries.getLast().place();
    });
  }

  @Override
  public Reader open() {
    return new Reader() {
      private volatile boolean closed;

      @Override
      public List<Entry> read(String after, int atMost, Duration time) {
        store.await(() -> closed || !after(after, 1).isEmpty(), () -> false, time);
        return store.atomically(() -> after(after, atMost));
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }

  private List<Entry> after(String place, int atMost) {
    long from = number(place);
    return entries.stream().filter(entry -> number(entry.place()) > from).limit(atMost).toList();
  }

  private static long number(String place) {
    return Long.parseLong(place.substring(place.indexOf('-') + 1));
  }
}
