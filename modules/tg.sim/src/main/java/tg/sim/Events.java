package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What happened, for those who look on; the newest 10,000 are kept. Thread-safe.
///
/// Numbers begin with the time of the start in microseconds, so that a number of an earlier run is
/// never taken for one of this run.
final class Events {
  private static final int KEPT = 10_000;

  /// @param data one line of JSON
  record Event(long id, String name, String data) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final ArrayDeque<Event> kept = new ArrayDeque<>();
  private long newest;
  private boolean closed;

  Events(Instant start) {
    newest = start.toEpochMilli() * 1_000;
  }

  void add(String name, JsonObject data) {
    String line = data.toString();
    lock.lock();
    try {
      kept.addLast(new Event(++newest, name, line));
      if (kept.size() > KEPT) {
        kept.removeFirst();
      }
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long newest() {
    lock.lock();
    try {
      return newest;
    } finally {
      lock.unlock();
    }
  }

  /// {@return whether all events after this one are still there, and it is not from the future}
  boolean reaches(long id) {
    lock.lock();
    try {
      return id <= newest && id >= newest - kept.size();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for events after the given one.
  ///
  /// @return at least one event, or none after the longest wait, or when this was closed
  List<Event> after(long id, Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (newest <= id && !closed && left > 0) {
        left = added.awaitNanos(left);
      }
      return kept.stream().filter(event -> event.id > id).toList();
    } finally {
      lock.unlock();
    }
  }

  boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
