package tg.queue;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

  /// Courier and waiter may not both decide: what one gives up the other must not send.
  private enum Stage {
    WAITING,
    TAKEN,
    GIVEN_UP
  }

  private Errand(Duration patience) {
    this.untilNanos = startNanos + patience.toNanos();
  }

  /// Jobs to be added; several of them become one call.
  static final class Adding extends Errand {
    private final List<Store.Ticket> tickets;
    private final Store.@Nullable Once once;
    private final Durability durability;
    private volatile @Nullable Admission admission;
    private @Nullable QueueException refusal;

    Adding(
        Duration patience,
        List<Store.Ticket> tickets,
        Store.@Nullable Once once,
        Durability durability) {
      super(patience);
      this.tickets = tickets;
      this.once = once;
      this.durability = durability;
    }

    /// The server has added them; null: or not, after all.
    void admitted(@Nullable Admission as) {
      admission = as;
    }

    /// The server has not added them, as they are not unique.
    void refused(QueueException because) {
      refusal = because;
    }

    /// The admission is the answer.
    void settle() {
      var refused = refusal;
      settle(refused == null ? known() : refused);
    }

    /// The admission is the answer, if that is as durable as was asked for.
    void settle(Testimony testimony) {
      if (testimony.holds() || refusal != null) {
        settle();
      } else {
        settle(Failures.notDurable(known(), durability, testimony));
      }
    }

    /// Once they are added, their durability is worth another moment.
    @Override
    long giveUpNanos() {
      return super.giveUpNanos() + (admission == null ? 0 : LEAST_WAIT_NANOS);
    }

    private Admission known() {
      return Objects.requireNonNull(admission, "the link tells of an answer before a testimony");
    }

    @Override
    QueueException late(String server, Duration waited) {
      var added = admission;
      return added == null
          ? super.late(server, waited)
          : Failures.notDurable(added, durability, waited);
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

  /// The courier is about to send it.
  ///
  /// @return false when its waiter has given up
  boolean take() {
    return System.nanoTime() - giveUpNanos() <= 0
        && stage.compareAndSet(Stage.WAITING, Stage.TAKEN);
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
          throw seenFromHere(failure, server);
        }
        if (result != null) {
          return result;
        }
        long left = giveUpNanos() - System.nanoTime();
        if (left <= 0) {
          throw late(server, waited());
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

  /// The courier has tried for less long than this errand has waited.
  private QueueException seenFromHere(QueueException failure, String server) {
    return failure instanceof QueueException.Unavailable away
        ? Failures.unavailable(server, waited(), away.outcomeUnknown(), cause(away))
        : failure;
  }

  private static Throwable cause(QueueException failure) {
    return Objects.requireNonNullElse(failure.getCause(), failure);
  }

  private Duration waited() {
    return Duration.ofMillis((System.nanoTime() - startNanos) / 1_000_000);
  }

  /// What the waiter is told when it gives up.
  QueueException late(String server, Duration waited) {
    boolean unknown = !stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP);
    return Failures.unavailable(server, waited, unknown, new IllegalStateException("no answer"));
  }

  /// The courier gives up at the end of the patience; a hanging server needs a moment to be
  /// noticed.
  long giveUpNanos() {
    return Math.max(untilNanos, startNanos + LEAST_WAIT_NANOS) + LEAST_WAIT_NANOS / 2;
  }
}
