package tg.queue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The number of partitions of a namespace, as its server remembers it: processes that disagree
/// would look for jobs where they are not. Thread-safe.
final class Charter {
  private static final System.Logger LOG = System.getLogger("tg.queue");
  private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

  private final Whereabouts whereabouts;
  private final Routes routes;
  private final Duration patience;
  private final AtomicLong confirmedNanos = new AtomicLong(System.nanoTime());

  Charter(Whereabouts server, Routes routes, Duration patience) {
    this.whereabouts = server.slot(Routes.slot(routes.namespace()));
    this.routes = routes;
    this.patience = patience;
  }

  /// Asks the server.
  ///
  /// @throws QueueException.WrongPartitions when it remembers another number
  void confirm() {
    try (var link = new Link(whereabouts, routes.namespace(), "charter")) {
      var request = link.request(Script.PARTITIONS, new Args().add(routes.partitions()));
      long remembered = (Long) link.call(request, System.nanoTime() + patience.toNanos());
      if (remembered != routes.partitions()) {
        throw new QueueException.WrongPartitions(
            routes.namespace(), (int) remembered, routes.partitions());
      }
    }
  }

  /// Lets the server remember it for longer, once a day, in the background.
  void renew() {
    long confirmed = confirmedNanos.get();
    long now = System.nanoTime();
    if (now - confirmed > DAY_NANOS && confirmedNanos.compareAndSet(confirmed, now)) {
      Thread.ofVirtual().name("tg.queue-charter").start(this::confirmAgain);
    }
  }

  private void confirmAgain() {
    try {
      confirm();
    } catch (QueueException.Unavailable e) {
      LOG.log(System.Logger.Level.DEBUG, "tomorrow again: {0}", e.getMessage());
    } catch (QueueException e) {
      LOG.log(System.Logger.Level.ERROR, e.getMessage(), e);
    }
  }
}
