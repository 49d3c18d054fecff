package tg.bench;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import tg.queue.Job;
import tg.queue.JobId;
import tg.queue.JobState;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.QueueException;
import tg.queue.Queues;

/// Jobs that ignore their interruption: they must lose their slots after the grace, and say nothing
/// after it. Confined to one thread at a time, but for its handlers.
final class DeafBench {
  private static final String QUEUE = "deaf";
  private static final String FOLLOWING = "following";
  private static final int JOBS = 50;
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Queues queues;
  private final Verdict verdict = new Verdict();
  private final CountDownLatch started = new CountDownLatch(JOBS);
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch replaced = new CountDownLatch(JOBS);
  private final AtomicInteger stale = new AtomicInteger();
  private final ConcurrentLinkedQueue<Long> next = new ConcurrentLinkedQueue<>();

  private DeafBench(Queues queues) {
    this.queues = queues;
  }

  /// In a process of its own, because its worker has much to say that is expected here.
  static void main(String[] args) throws InterruptedException {
    var server = URI.create("redis://127.0.0.1:" + System.getenv("TG_BENCH_PORT"));
    try (var queues = Queues.connect(server)) {
      var bench = new DeafBench(queues);
      bench.run();
      System.exit(bench.verdict.status());
    }
  }

  private void run() throws InterruptedException {
    var ids = queues.enqueueAll(jobs("deaf"));
    var worker = queues.worker(QUEUE).concurrency(JOBS).grace(GRACE).start(this::handle);
    try (worker) {
      if (!started.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException(started.getCount() + " jobs were not started");
      }
      queues.enqueueAll(jobs("next"));
      long asked = System.nanoTime();
      ids.forEach(queues.queue(QUEUE)::cancel);
      until(() -> next.size() == JOBS);
      int kept = worker.abandoned();
      release.countDown();
      until(() -> worker.abandoned() == 0);
      report(ids, asked);
      verdict.within("  handlers that still ran when their slots were taken", kept, JOBS, JOBS);
      verdict.within("  outcomes refused", (double) worker.refused(), JOBS, JOBS);
    } finally {
      release.countDown();
    }
  }

  private void report(List<JobId> ids, long asked) {
    var millis = next.stream().map(at -> (at - asked) / 1e6).sorted().toList();
    double canceled = ids.stream().filter(this::canceled).count();
    double grace = GRACE.toMillis();
    System.out.printf(Locale.ROOT, "%,d jobs that ignore their interruption:%n", JOBS);
    verdict.within("  other jobs started in their slots", millis.size(), JOBS, JOBS);
    verdict.within(
        "  cancel to that start, p50, ms", CancelBench.at(millis, 50), grace, grace + 1_000);
    System.out.printf(
        Locale.ROOT, "%-64s %10.3f%n", "  the same, p99, ms", CancelBench.at(millis, 99));
    verdict.within("  canceled, whatever they returned later", canceled, JOBS, JOBS);
    verdict.within("  steps refused", stale.get(), JOBS, JOBS);
    double following = queues.queue(FOLLOWING).counts().waiting();
    verdict.within("  jobs added by their outcomes", following, 0, 0);
  }

  private boolean canceled(JobId id) {
    return queues
        .queue(QUEUE)
        .find(id)
        .filter(info -> info.state() instanceof JobState.Canceled)
        .isPresent();
  }

  private Outcome handle(Job job) throws Exception {
    if (job.type().equals("next")) {
      next.add(System.nanoTime());
      replaced.countDown();
      replaced.await(); // One slot must not serve them all.
      return Outcome.done();
    }
    started.countDown();
    boolean released = false;
    while (!released) {
      try {
        release.await();
        released = true;
      } catch (InterruptedException e) {
        // Deaf.
      }
    }
    try {
      job.step("late", () -> {});
    } catch (QueueException.Stale e) {
      stale.incrementAndGet();
    }
    return Outcome.done(Payload.of("too late")).then(NewJob.of(FOLLOWING, "noop", Payload.empty()));
  }

  private static List<NewJob> jobs(String type) {
    return Collections.nCopies(JOBS, NewJob.of(QUEUE, type, Payload.empty()));
  }

  /// Waits for it up to 30 seconds; the figures say what has not come.
  private static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
