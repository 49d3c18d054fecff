package tg.queue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Tells the store every few seconds what a worker does, and hears whether it should drain.
/// Thread-safe.
final class Reporter {
  private static final System.Logger LOG = System.getLogger("tg.queue");
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final CrewStore store;
  private final WorkerSettings settings;
  private final Supplier<String> epoch;
  private final Consumer<Duration> drain;
  private final Instant since = Instant.now();
  private final String host = host();
  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Rest rest = new Rest();
  private long countedNanos = System.nanoTime();
  private long counted;
  private double perSecond;

  Reporter(
      CrewStore store, WorkerSettings settings, Supplier<String> epoch, Consumer<Duration> drain) {
    this.store = store;
    this.settings = settings;
    this.epoch = epoch;
    this.drain = drain;
  }

  void start(String worker) {
    Thread.ofVirtual().name("tg.queue-report-" + worker).start(this::work);
  }

  /// An attempt has ended.
  void count(Session.Settlement settlement) {
    if (settlement.ending() instanceof Session.Ending.By(var outcome)) {
      boolean failure = outcome instanceof Outcome.Failed || outcome instanceof Outcome.Retry;
      (failure ? failed : done).increment();
    }
  }

  void stop() {
    rest.end();
  }

  private void work() {
    var pause = Math.min(LONGEST_NANOS, settings.lease().toNanos() / 2);
    do {
      try {
        var asked = store.report(epoch.get(), about());
        if (asked.isPresent()) {
          LOG.log(System.Logger.Level.INFO, "asked from outside to drain within {0}", asked.get());
          drain.accept(asked.get());
          return;
        }
      } catch (QueueException e) {
        LOG.log(System.Logger.Level.DEBUG, "no report: {0}", e.getMessage());
      }
    } while (rest.pause(pause) != Rest.Pause.ENDED);
  }

  private String about() {
    var words = new LinkedHashMap<String, String>();
    words.put("host", host);
    words.put("pid", Long.toString(ProcessHandle.current().pid()));
    words.put("version", version());
    words.put("since", Long.toString(since.toEpochMilli()));
    words.put("queues", String.join(" ", settings.queues()));
    words.put("concurrency", Integer.toString(settings.concurrency()));
    words.put("done", Long.toString(done.sum()));
    words.put("failed", Long.toString(failed.sum()));
    words.put("rate", String.format(Locale.ROOT, "%.3f", rate()));
    return Words.write(words);
  }

  private double rate() {
    long now = System.nanoTime();
    long all = done.sum() + failed.sum();
    double seconds = Math.max(1, now - countedNanos) / 1e9;
    if (seconds >= 0.5) {
      double latest = (all - counted) / seconds;
      double weight = Math.min(1, seconds / 30);
      perSecond = counted == 0 ? latest : perSecond + weight * (latest - perSecond);
      counted = all;
      countedNanos = now;
    }
    return perSecond;
  }

  private static String version() {
    var descriptor = Reporter.class.getModule().getDescriptor();
    return descriptor == null ? "" : descriptor.rawVersion().orElse("");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
