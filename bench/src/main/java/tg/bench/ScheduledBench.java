package tg.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tg.queue.JobHandler;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.Queues;

/// Very many jobs due at once, and fresh ones meanwhile; see bench/README.md.
final class ScheduledBench {
  private static final String QUEUE = "scheduled";
  private static final int LONGEST_SCRIPT_MICROS = 5_000;
  private static final int CONCURRENCY = 100;
  private static final int WARM_UP = 50_000;

  private ScheduledBench() {}

  static int run(String[] args) throws IOException, InterruptedException {
    int jobs = args.length == 2 && args[0].equals("--jobs") ? Integer.parseInt(args[1]) : 1_000_000;
    var folder = Files.createTempDirectory("tg-scheduled");
    try (var server = Contest.server(folder);
        var probe = new Probe(server.port());
        var queues = Queues.connect(URI.create("redis://127.0.0.1:" + server.port()))) {
      var due = Instant.now().plusSeconds(10 + jobs / 10_000);
      enqueue(queues, jobs, due);
      warmUp(queues);
      TimeUnit.MILLISECONDS.sleep(Math.max(0, Duration.between(Instant.now(), due).toMillis()));
      if (queues.queue(QUEUE).counts().scheduled() < jobs) {
        throw new IllegalStateException("some were due before all were added; use fewer --jobs");
      }
      probe.watchSlow(LONGEST_SCRIPT_MICROS);
      return drain(queues, probe, jobs);
    }
  }

  private static void enqueue(Queues queues, int jobs, Instant at) {
    for (int from = 0; from < jobs; from += 200) {
      var batch = new ArrayList<NewJob>();
      for (int i = from; i < Math.min(jobs, from + 200); i++) {
        batch.add(NewJob.of(QUEUE, "due", Payload.empty()).at(at).keep(Duration.ZERO));
      }
      queues.enqueueAll(batch);
    }
  }

  /// A JVM that has just begun takes the cores from the server, to compile; it is the scripts that
  /// are measured.
  private static void warmUp(Queues queues) throws InterruptedException {
    var left = new CountDownLatch(WARM_UP);
    JobHandler handler =
        job -> {
          left.countDown();
          return Outcome.done();
        };
    try (var worker = queues.worker("warm-up").concurrency(CONCURRENCY).start(handler)) {
      queues.enqueueMany(
          Stream.generate(() -> NewJob.of("warm-up", "due", Payload.empty())).limit(WARM_UP));
      left.await();
      worker.drain(Duration.ofSeconds(30));
    }
  }

  private static int drain(Queues queues, Probe probe, int jobs)
      throws IOException, InterruptedException {
    var enough = new CountDownLatch(jobs);
    var waits = new ConcurrentLinkedQueue<Long>();
    JobHandler handler =
        job -> {
          if (job.type().equals("due")) {
            enough.countDown();
          } else {
            waits.add(System.nanoTime() - Long.parseLong(job.payload().text()));
          }
          return Outcome.done();
        };
    long start = System.nanoTime();
    try (var worker = queues.worker(QUEUE).concurrency(CONCURRENCY).start(handler)) {
      do {
        var sent = Payload.of(Long.toString(System.nanoTime()));
        queues.enqueue(NewJob.of(QUEUE, "fresh", sent));
      } while (!enough.await(10, TimeUnit.MILLISECONDS));
      worker.drain(Duration.ofSeconds(30));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    var sorted = waits.stream().sorted().toList();
    System.out.printf(
        "%,d jobs due at once were done in %.1f s, with %,d fresh ones%n",
        jobs, seconds, sorted.size());
    var verdict = new Verdict();
    verdict.within("scripts that blocked the server for over 5 ms", probe.slow(), 0, 0);
    verdict.within(
        "enqueue to start of a fresh job, p50, ms", sorted.get(sorted.size() / 2) / 1e6, 0, 100);
    verdict.within("the same, p99, ms", sorted.get(sorted.size() * 99 / 100) / 1e6, 0, 500);
    return verdict.status();
  }
}
