package tg.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A call that one thread hands to the {@link Courier} and waits for. The courier settles it once;
/// the waiter may give up.
abstract sealed class Errand {
  private static final long LEAST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Thread waiter = Thread.currentThread();
  private final long startNanos = System.nanoTime();
  private final long untilNanos;
  private volatile @Nullable Object answer;
  private volatile Link.@Nullable Request request;

  private Errand(Duration patience) {
    this.untilNanos = startNanos + patience.toNanos();
  }

  /// Jobs to be added; several of them become one call.
  static final class Adding extends Errand {
    private final List<Store.Ticket> tickets;
    private final Store.@Nullable Once once;

    Adding(Duration patience, List<Store.Ticket> tickets, Store.@Nullable Once once) {
      super(patience);
      this.tickets = tickets;
      this.once = once;
    }

    List<Store.Ticket> tickets() {
      return tickets;
    }

    Store.@Nullable Once once() {
      return once;
    }
  }

  /// Any other request.
  static final class Asking extends Errand {
    private final Link.Request request;

    Asking(Duration patience, Link.Request request) {
      super(patience);
      this.request = request;
    }

    Link.Request request() {
      return request;
    }
  }

  /// When its waiter gives up.
  long untilNanos() {
    return untilNanos;
  }

  /// Whether its waiter has given up.
  boolean abandoned() {
    return System.nanoTime() - giveUpNanos() > 0;
  }

  /// The courier is about to send it as part of that request.
  void leaves(Link.Request with) {
    request = with;
  }

  /// Gives the answer, or an exception to be thrown.
  void settle(Object result) {
    answer = result;
    LockSupport.unpark(waiter);
  }

  /// Waits for the answer. Interrupts are kept for later.
  Object await(String server) {
    boolean interrupted = false;
    try {
      while (true) {
        var result = answer;
        if (result instanceof QueueException failure) {
          throw failure;
        }
        if (result != null) {
          return result;
        }
        long left = giveUpNanos() - System.nanoTime();
        if (left <= 0) {
          var waited = Duration.ofMillis((System.nanoTime() - startNanos) / 1_000_000);
          var cause = new IllegalStateException("no answer");
          var travelled = request;
          boolean unknown = travelled != null && travelled.sent();
          throw Failures.unavailable(server, waited, unknown, cause);
        }
        LockSupport.parkNanos(this, left);
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// The courier gives up at the end of the patience; a hanging server needs a moment to be
  /// noticed.
  private long giveUpNanos() {
    return Math.max(untilNanos, startNanos + LEAST_WAIT_NANOS) + LEAST_WAIT_NANOS / 10;
  }
}
