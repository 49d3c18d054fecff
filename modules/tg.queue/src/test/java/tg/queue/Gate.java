package tg.queue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A handler whose jobs stay running until the gate is opened; then they are done. Thread-safe.
final class Gate implements JobHandler, AutoCloseable {
  private final Runs runs = new Runs(this::pass);
  private final CountDownLatch opened = new CountDownLatch(1);
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger interrupted = new AtomicInteger();

  @Override
  public Outcome handle(Job job) throws Exception {
    return runs.handle(job);
  }

  private Outcome pass(Job job) throws InterruptedException {
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    try {
      opened.await();
      return Outcome.done(job.payload());
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
      throw e;
    } finally {
      inside.decrementAndGet();
    }
  }

  void awaitStarted(int count) {
    runs.await(count);
  }

  /// {@return what was started so far}
  Runs runs() {
    return runs;
  }

  /// {@return how many are running now}
  int inside() {
    return inside.get();
  }

  /// {@return how many were running at the same time at most}
  int most() {
    return most.get();
  }

  /// {@return how many were interrupted}
  int interrupted() {
    return interrupted.get();
  }

  void open() {
    opened.countDown();
  }

  @Override
  public void close() {
    open();
  }
}
