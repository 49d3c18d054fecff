package tg.evening;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tg.queue.Queues;
import tg.queue.Registry;

/// Looks from time to time which letters wait. Thread-safe.
final class Lookout implements AutoCloseable {
  private static final long EVERY_MILLIS = 500;
  private static final int PAGE = 1000;

  private final Queues queues;
  private final Supplier<Instant> clock;
  private final List<Evidence.Backlog> seen = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  Lookout(Queues queues, Supplier<Instant> clock) {
    this.queues = queues;
    this.clock = clock;
    Thread.ofVirtual().name("lookout").start(this::run);
  }

  private void run() {
    try {
      while (!closing.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        var backlog = new Evidence.Backlog(clock.get(), letters());
        synchronized (seen) {
          seen.add(backlog);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<Long, Integer> letters() {
    var letters = new HashMap<Long, Integer>();
    for (int offset = 0; ; offset += PAGE) {
      var page = queues.queue("outbox").list(Registry.WAITING, offset, PAGE);
      for (var info : page) {
        info.job()
            .group()
            .ifPresent(lane -> letters.merge(Long.valueOf(lane.substring(1)), 1, Integer::sum));
      }
      if (page.size() < PAGE) {
        return Map.copyOf(letters);
      }
    }
  }

  /// {@return all looks so far, by time}
  List<Evidence.Backlog> seen() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  /// {@return how many letters waited at the last look}
  int waiting() {
    synchronized (seen) {
      return seen.isEmpty()
          ? 0
          : seen.getLast().letters().values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
