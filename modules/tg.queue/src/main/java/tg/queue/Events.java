package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What happens to the jobs of a namespace, as a stream of {@link Event}s. Thread-safe.
///
/// Nothing is told, and nothing is paid, until somebody asks: with {@link #record}, or by reading.
/// Then each step of the server adds one entry for all jobs it moved, to a stream of limited
/// length.
///
/// ```java
/// try (var feed = queues.events().follow()) {
///   for (var event : feed.poll(Duration.ofSeconds(1))) {
///     System.out.println(event.kind() + " " + event.jobs());
///   }
/// }
/// ```
public final class Events {
  private static final int MOST = 10_000;
  private static final Duration WHILE_READ = Duration.ofMinutes(2);
  private static final Pattern POSITION =
      Pattern.compile("[0-9]+-[0-9]+(/[0-9]+-[0-9]+(_[0-9]+-[0-9]+)*)?");

  private final EventStore store;

  Events(EventStore store) {
    this.store = store;
  }

  /// Lets everything be told from now on, for that time at least; to be called again to go on.
  ///
  /// @param most how many of the latest entries are kept, 100 to 1,000,000, roughly
  /// @param time 1 second to 365 days
  /// @return the position after the latest event
  public String record(int most, Duration time) {
    Settings.between("most", most, 100, 1_000_000);
    Settings.within("time", time, Duration.ofSeconds(1), Settings.MOST_KEPT);
    return store.record(most, time);
  }

  /// Begins to read what happens from now on. As long as it is read, events are told.
  public Feed follow() {
    return new Feed(store.record(MOST, WHILE_READ));
  }

  /// Begins to read after the event at that position; what is no longer kept is left out.
  ///
  /// @param position as {@link Event#position} or {@link #record} gave it; `0-0` for all that is
  ///   kept
  public Feed after(String position) {
    if (!POSITION.matcher(position).matches()) {
      throw new IllegalArgumentException("'" + position + "' is not the position of an event");
    }
    var _ = store.record(MOST, WHILE_READ);
    return new Feed(position);
  }

  /// Events one after the other. Confined to one thread at a time; only {@link #close} may come
  /// from any.
  public final class Feed implements AutoCloseable {
    private final EventStore.Reader reader = store.open();
    private long renewedNanos = System.nanoTime();
    private String place;

    private Feed(String place) {
      this.place = place;
    }

    /// {@return the events after those of the call before; waits for the first one, at most for the
    /// time, and may return none}
    ///
    /// @param atMost up to a minute
    /// @throws QueueException.Unavailable when the server is away for longer, or the feed is
    ///   closed; calling again goes on where it was
    public List<Event> poll(Duration atMost) {
      Settings.within("time", atMost, Duration.ZERO, Duration.ofMinutes(1));
      if (System.nanoTime() - renewedNanos > WHILE_READ.toNanos() / 4) {
        var _ = store.record(MOST, WHILE_READ);
        renewedNanos = System.nanoTime();
      }
      var events = new ArrayList<Event>();
      for (var entry : reader.read(place, 1_000, atMost)) {
        entry.text().lines().forEach(line -> event(entry.place(), line).ifPresent(events::add));
        place = entry.place();
      }
      return List.copyOf(events);
    }

    /// {@return the position after the events read so far}
    public String position() {
      return place;
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  /// What a newer process tells and this one does not know is left out.
  private static Optional<Event> event(String place, String line) {
    var words = line.split(" ", -1);
    for (var kind : Event.Kind.values()) {
      if (kind.name().equals(words[0].toUpperCase(Locale.ROOT)) && words.length > 2) {
        var at = Instant.ofEpochMilli(Long.parseLong(place.substring(0, place.indexOf('-'))));
        var jobs = List.of(words).subList(2, words.length).stream().map(JobId::new).toList();
        return Optional.of(new Event(place, at, kind, words[1], jobs));
      }
    }
    return Optional.empty();
  }
}
