package tg.queue;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps a worker's epoch alive, from a platform thread that no job can starve, and takes back what
/// dead workers hold. Thread-safe.
final class LeaseKeeper {
  private static final System.Logger LOG = System.getLogger("tg.queue");

  private final Session session;
  private final long leaseNanos;
  private final Consumer<List<Session.Canceled>> canceled;
  private final Runnable lost;
  private final Rest rest = new Rest();
  private volatile String epoch;
  private volatile long renewedNanos = System.nanoTime();
  private volatile @Nullable Thread thread;

  /// @param canceled hears of requests to cancel
  /// @param lost is run when the epoch has ended
  LeaseKeeper(
      Session session,
      String epoch,
      Duration lease,
      Consumer<List<Session.Canceled>> canceled,
      Runnable lost) {
    this.session = session;
    this.epoch = epoch;
    this.leaseNanos = lease.toNanos();
    this.canceled = canceled;
    this.lost = lost;
  }

  void start(String worker) {
    thread = Thread.ofPlatform().daemon().name("tg.queue-lease-" + worker).start(this::work);
  }

  /// Whether its thread runs.
  boolean alive() {
    var running = thread;
    return running != null && running.isAlive();
  }

  /// Whether the server has heard of the worker within the lease.
  boolean current() {
    return System.nanoTime() - renewedNanos < leaseNanos;
  }

  /// Goes on with another epoch, just registered.
  void keep(String other) {
    renewedNanos = System.nanoTime();
    epoch = other;
  }

  /// The epoch that it keeps.
  String epoch() {
    return epoch;
  }

  /// A step, sent at that time, has renewed the lease.
  void renewed(long nanos) {
    renewedNanos = nanos;
  }

  /// Somebody's lease is over: takes back the jobs, without waiting for the next renewal.
  void reapSoon() {
    rest.cut();
  }

  void stop() {
    rest.end();
  }

  private void work() {
    try {
      renew();
      var pause = rest.pause(leaseNanos / 6);
      while (pause != Rest.Pause.ENDED) {
        if (pause == Rest.Pause.CUT || System.nanoTime() - renewedNanos >= leaseNanos / 3) {
          renew();
        }
        pause = rest.pause(leaseNanos / 6);
      }
    } catch (QueueException.Unavailable e) {
      // The session is closed.
      stop();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the lease is no longer kept; restart the worker", e);
    }
  }

  private void renew() {
    long start = System.nanoTime();
    var pulse = session.renew(epoch);
    if (pulse.alive()) {
      renewedNanos = start;
    } else {
      lost.run();
    }
    canceled.accept(pulse.canceled());
    if (pulse.expired()) {
      int sum = 0;
      int some;
      do {
        some = session.reap();
        sum += some;
      } while (some > 0);
      if (sum > 0) {
        LOG.log(System.Logger.Level.WARNING, "took back {0} jobs of dead workers", sum);
      }
    }
  }
}
