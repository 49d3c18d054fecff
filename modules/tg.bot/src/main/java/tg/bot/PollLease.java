package tg.bot;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tg.process.Heartbeat;
import tg.queue.Lease;
import tg.queue.QueueException;
import tg.queue.Queues;

/// The right to say how updates come: one poller per token, because Telegram lets two of them end
/// each other (409), and none while another process has set a webhook. Renewed in the background
/// until closed. Thread-safe.
final class PollLease implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tg.bot");
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final long RENEW_MILLIS = TIME.toMillis() / 3;
  private static final long TRY_MILLIS = 1_000;
  private static final Duration ONE_TRY = Duration.ofMinutes(1);

  private final Lease lease;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread renewal;
  private volatile long heldUntil;

  private PollLease(Lease lease) {
    this.lease = lease;
    this.heldUntil = System.nanoTime() + TIME.toNanos();
    this.renewal = Thread.ofPlatform().daemon().name("poll-lease").unstarted(this::renew);
  }

  /// {@return the lease, once nobody else has it; null when asked to stop before}
  static @Nullable PollLease await(Queues queues, CountDownLatch stopping, Heartbeat heart) {
    boolean told = false;
    while (stopping.getCount() > 0) {
      heart.within(ONE_TRY);
      try {
        var lease = queues.tryLease("poller", TIME);
        if (lease.isPresent()) {
          var held = new PollLease(lease.get());
          held.renewal.start();
          return held;
        }
        if (!told) {
          LOG.log(Level.INFO, "another bot process gets the updates; waiting to take over");
          told = true;
        }
      } catch (QueueException.Unavailable e) {
        LOG.log(Level.WARNING, "cannot take the poll lease: " + e.getMessage());
      }
      try {
        if (stopping.await(TRY_MILLIS, TimeUnit.MILLISECONDS)) {
          return null;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }

  /// {@return whether nobody else may poll now}
  boolean held() {
    return System.nanoTime() - heldUntil < 0;
  }

  private void renew() {
    try {
      while (held() && !closed.await(RENEW_MILLIS, TimeUnit.MILLISECONDS)) {
        long asked = System.nanoTime();
        try {
          if (!lease.renew()) {
            heldUntil = asked;
            LOG.log(Level.WARNING, "the poll lease went to another process");
            return;
          }
          heldUntil = asked + TIME.toNanos();
        } catch (QueueException.Unavailable e) {
          LOG.log(Level.WARNING, "the poll lease could not be renewed: " + e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      lease.close();
    } catch (QueueException.Unavailable e) {
      LOG.log(Level.DEBUG, "the poll lease ends by itself: " + e.getMessage());
    }
  }
}
