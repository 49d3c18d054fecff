package tg.queue;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Waits at the store for something to do, on a platform thread, tells the worker, and then does
/// nothing until it is armed again. {@link #arm} is confined to the worker's dispatcher.
final class Waker {
  private static final Duration FOR_JOBS = Duration.ofSeconds(2);
  private static final Duration FOR_REQUESTS = Duration.ofSeconds(20);

  private final Session session;
  private final Runnable tell;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile @Nullable Thread thread;
  private @Nullable Wait next;
  private @Nullable Wait current;
  private boolean called;
  private boolean stopped;

  /// @param jobs whether to wait for jobs, or only for requests to cancel
  private record Wait(String epoch, boolean jobs) {
    boolean covers(Wait other) {
      return epoch.equals(other.epoch) && (jobs || !other.jobs);
    }
  }

  Waker(Session session, Runnable tell) {
    this.session = session;
    this.tell = tell;
  }

  void start(String worker) {
    thread = Thread.ofPlatform().daemon().name("tg.queue-waker-" + worker).start(this::work);
  }

  /// Whether its thread runs.
  boolean alive() {
    var running = thread;
    return running != null && running.isAlive();
  }

  /// Makes sure that it waits.
  ///
  /// @param jobs whether for jobs, or only for requests to cancel; when it waits for jobs already,
  ///   it goes on
  void arm(String epoch, boolean jobs) {
    var wait = new Wait(epoch, jobs);
    Wait blocked;
    lock.lock();
    try {
      blocked = current;
      if (blocked != null && blocked.covers(wait)) {
        return;
      }
      next = wait;
      changed.signal();
      if (blocked == null || called) {
        return;
      }
      called = true;
    } finally {
      lock.unlock();
    }
    session.wake(blocked.epoch);
  }

  /// Ends the thread, once the session is closed.
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      for (var wait = begin(); wait != null; wait = begin()) {
        session.await(wait.epoch, wait.jobs, wait.jobs ? FOR_JOBS : FOR_REQUESTS);
        if (end()) {
          tell.run();
        }
      }
    } catch (QueueException.Unavailable e) {
      // The session is closed.
      stop();
    }
  }

  private @Nullable Wait begin() {
    lock.lock();
    try {
      while (next == null && !stopped) {
        changed.awaitUninterruptibly();
      }
      current = stopped ? null : next;
      next = null;
      called = false;
      return current;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the worker should hear of it: not when it was only called to wait for more.
  private boolean end() {
    lock.lock();
    try {
      current = null;
      return !called;
    } finally {
      lock.unlock();
    }
  }
}
