package tg.queue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A handler that ignores every interruption until it is told to end. Thread-safe.
final class Deaf implements JobHandler, AutoCloseable {
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Outcome outcome;

  /// @param outcome what it says in the end
  Deaf(Outcome outcome) {
    this.outcome = outcome;
  }

  @Override
  public Outcome handle(Job job) {
    started.incrementAndGet();
    boolean over = false;
    while (!over) {
      try {
        end.await();
        over = true;
      } catch (InterruptedException e) {
        // This is what it is for.
        over = false;
      }
    }
    ended.incrementAndGet();
    return outcome;
  }

  void awaitStarted(int count) {
    Waiting.until(count + " deaf starts", () -> started.get() >= count);
  }

  /// {@return how many have come to an end}
  int ended() {
    return ended.get();
  }

  /// Lets all of them end.
  void end() {
    end.countDown();
  }

  @Override
  public void close() {
    end();
  }
}
