package tg.queue;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The pauses of one thread, which others cut short or end for good. Thread-safe.
final class Rest {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean cut;
  private boolean ended;

  /// How a pause was.
  enum Pause {
    /// It took its time.
    OVER,
    /// Somebody cut it short, or had done so before it began.
    CUT,
    /// There are no more pauses: the thread is to end.
    ENDED
  }

  /// Waits for that time at most.
  Pause pause(long nanos) {
    long left = nanos;
    lock.lock();
    try {
      while (left > 0 && !cut && !ended) {
        left = changed.awaitNanos(left);
      }
      if (ended) {
        return Pause.ENDED;
      }
      boolean was = cut;
      cut = false;
      return was ? Pause.CUT : Pause.OVER;
    } catch (InterruptedException e) {
      return Pause.ENDED;
    } finally {
      lock.unlock();
    }
  }

  /// Cuts the pause short that is now, or else the next one.
  void cut() {
    lock.lock();
    try {
      cut = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the pause that is now, and all later ones.
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
