package tg.sim;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The updates that wait for one bot. Guarded by the [World]'s lock.
///
/// At most 100,000 updates wait, and none is larger than 64 KiB; what exceeds that is dropped, as
/// the official server does.
final class UpdateQueue {
  private static final int CAPACITY = 100_000;
  private static final int LARGEST = 64 << 10;
  private static final int LAST_ID = 2_000_000_000;
  private static final int REPLY_BYTES = 4 << 20;

  private final TreeMap<Integer, Update> waiting = new TreeMap<>();
  private final InstantSource clock;
  private final Consumer<Update> confirmed;
  private int nextId;

  /// @param confirmed is told of each update that the bot has confirmed
  UpdateQueue(InstantSource clock, RandomGenerator random, Consumer<Update> confirmed) {
    this.clock = clock;
    this.confirmed = confirmed;
    this.nextId = random.nextInt(2_000_000, 1_000_000_000);
  }

  /// {@return the update that was queued, or empty if it was dropped}
  Optional<Update> add(News news) {
    Update update = Update.of(nextId, news);
    if (waiting.size() >= CAPACITY || update.bytes() > LARGEST || nextId >= LAST_ID) {
      return Optional.empty();
    }
    nextId++;
    waiting.put(update.id(), update);
    return Optional.of(update);
  }

  /// {@return up to `limit` updates, no more than 4 MiB together}
  ///
  /// A positive offset forgets what is before it; a negative one keeps only that many of the
  /// newest; one that is far off is as good as 0.
  List<Update> take(int offset, int limit) {
    dropExpired();
    if (offset > 0 && inRange(offset)) {
      Iterator<Update> before = waiting.headMap(offset).values().iterator();
      while (before.hasNext()) {
        Update update = before.next();
        before.remove();
        confirmed.accept(update);
      }
    } else if (offset < 0) {
      while (waiting.size() > -(long) offset) {
        confirmed.accept(waiting.pollFirstEntry().getValue());
      }
    }
    return first(limit);
  }

  private boolean inRange(int offset) {
    int head = waiting.isEmpty() ? nextId : waiting.firstKey();
    return offset <= nextId + 10L && offset >= head - 100_000L;
  }

  private List<Update> first(int limit) {
    List<Update> taken = new ArrayList<>();
    long bytes = 0;
    for (Update update : waiting.values()) {
      bytes += update.bytes() + 50;
      if (taken.size() == limit || (bytes > REPLY_BYTES && !taken.isEmpty())) {
        break;
      }
      taken.add(update);
    }
    return taken;
  }

  List<Update> all() {
    dropExpired();
    return List.copyOf(waiting.values());
  }

  /// Forgets an update that a webhook has taken.
  void done(Update update) {
    if (waiting.remove(update.id()) != null) {
      confirmed.accept(update);
    }
  }

  boolean contains(Update update) {
    dropExpired();
    return waiting.containsKey(update.id());
  }

  int size() {
    dropExpired();
    return waiting.size();
  }

  void clear() {
    waiting.clear();
  }

  private void dropExpired() {
    Instant now = clock.instant();
    waiting.values().removeIf(update -> !update.expires().isAfter(now));
  }
}
