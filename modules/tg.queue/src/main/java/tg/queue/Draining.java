package tg.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Where a worker is on its way to an end: running; finishing until a deadline; interrupting for a
/// second; giving back. Thread-safe.
final class Draining {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /// For the last call to a server that answers.
  private static final long GRACE = 3 * SECOND;

  private enum Stage {
    RUNNING,
    FINISHING,
    INTERRUPTING,
    GIVING_BACK
  }

  private Stage stage = Stage.RUNNING;
  private long deadlineNanos;
  private boolean peaceful = true;

  /// Begins, or brings the deadline forward.
  synchronized void begin(Duration deadline) {
    long nanos =
        System.nanoTime()
            + Math.min(deadline.toSeconds(), 1_000_000_000) * SECOND
            + deadline.toNanosPart();
    if (stage == Stage.RUNNING) {
      stage = Stage.FINISHING;
      deadlineNanos = nanos;
    } else if (stage == Stage.FINISHING && nanos - deadlineNanos < 0) {
      deadlineNanos = nanos;
    }
    notifyAll();
  }

  synchronized boolean asked() {
    return stage != Stage.RUNNING;
  }

  /// {@return whether no job had to be interrupted}
  synchronized boolean peaceful() {
    return peaceful;
  }

  /// Does what the time has come for. Called by the dispatcher.
  void advance(Collection<Attempt> attempts, Consumer<Attempt> giveUp) {
    if (due(Stage.FINISHING, Stage.INTERRUPTING, attempts)) {
      attempts.forEach(Attempt::giveBack);
    } else if (due(Stage.INTERRUPTING, Stage.GIVING_BACK, attempts)) {
      List.copyOf(attempts).forEach(giveUp);
    }
  }

  private synchronized boolean due(Stage from, Stage to, Collection<Attempt> attempts) {
    if (stage != from || System.nanoTime() - deadlineNanos < 0 || attempts.isEmpty()) {
      return false;
    }
    stage = to;
    deadlineNanos = System.nanoTime() + SECOND;
    peaceful = false;
    return true;
  }

  /// {@return how long the dispatcher may sleep}
  synchronized long nextNanos(long now) {
    return stage == Stage.RUNNING ? Long.MAX_VALUE : Math.max(1, deadlineNanos - now);
  }

  /// Waits until the dispatcher has ended, or must be left behind.
  ///
  /// @return whether it has ended
  synchronized boolean awaitEnd(Thread dispatcher) {
    boolean interrupted = false;
    while (dispatcher.isAlive()) {
      long left = deadlineNanos - System.nanoTime() + (stage == Stage.FINISHING ? SECOND : 0);
      long millis = TimeUnit.NANOSECONDS.toMillis(left + GRACE);
      if (millis <= 0) {
        break;
      }
      try {
        // The dispatcher's end is seen by looking; a nearer deadline by a notification.
        wait(Math.min(millis, 20));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !dispatcher.isAlive();
  }

  /// What a drain gives back goes back at its end, all together: so it is in order again.
  boolean leavesToTheEnd(Session.Settlement settlement) {
    return switch (settlement.ending()) {
      case Session.Ending.Returned _ -> asked();
      case Session.Ending.By _ -> false;
    };
  }
}
