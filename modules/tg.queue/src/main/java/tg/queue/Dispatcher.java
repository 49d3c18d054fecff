package tg.queue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A platform thread that takes one turn of some work after the other, and sleeps when there is
/// nothing to do. While it sleeps, whoever brings work may take a turn in its place: so what comes
/// to an idle worker costs one waking of a thread less. Thread-safe; turns never overlap.
final class Dispatcher {
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Work work;
  private final Thread thread;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean poked = true;
  private volatile boolean parked;
  private volatile @Nullable RuntimeException failure;

  /// What is done in turns.
  interface Work {
    /// Takes a turn.
    ///
    /// @param asked whether somebody poked since the last one
    Next turn(boolean asked);

    /// {@return how long nothing will have to be done unless somebody pokes or wakes; zero or less
    /// for not at all}
    long restNanos();

    /// The last turn was taken, or none can be any more.
    ///
    /// @param failure why; null when there was a last one
    void over(@Nullable RuntimeException failure);
  }

  /// What a turn found.
  enum Next {
    /// There may be more to do.
    TURN,
    /// There was nothing to do.
    REST,
    /// It was the last one.
    END
  }

  Dispatcher(String name, Work work) {
    this.work = work;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Thread thread() {
    return thread;
  }

  /// Lets the next turn know that something changed, and wakes the thread for it.
  void poke() {
    poked = true;
    wake();
  }

  /// Lets the next turn know that something changed; only in a turn.
  void pokeNext() {
    poked = true;
  }

  /// Wakes the thread to look whether there is something to do.
  void wake() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /// Wakes the thread, or lets its next sleep be none.
  void hurry() {
    LockSupport.unpark(thread);
  }

  /// Pokes, and takes the next turn itself if the thread sleeps. Not the last one.
  void pokeAndHelp() {
    poked = true;
    if (!parked || !turn.tryLock()) {
      wake();
      return;
    }
    try {
      if (parked && poked && failure == null) {
        poked = false;
        if (work.turn(true) == Next.END) {
          poked = true;
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      turn.unlock();
    }
    if (poked || failure != null || work.restNanos() < MINUTE_NANOS) {
      hurry();
    }
  }

  private void run() {
    try {
      while (true) {
        switch (turn()) {
          case TURN -> {}
          case REST -> park();
          case END -> {
            work.over(null);
            return;
          }
        }
      }
    } catch (RuntimeException e) {
      work.over(e);
    }
  }

  private Next turn() {
    turn.lock();
    try {
      var before = failure;
      if (before != null) {
        throw before;
      }
      boolean asked = poked;
      poked = false;
      return work.turn(asked);
    } finally {
      turn.unlock();
    }
  }

  private void park() {
    parked = true;
    if (!poked) {
      long nanos = Math.min(MINUTE_NANOS, work.restNanos());
      if (nanos > 0) {
        LockSupport.parkNanos(this, nanos);
      }
    }
    parked = false;
  }
}
