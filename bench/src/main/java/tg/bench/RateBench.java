package tg.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.QueueLimits;
import tg.queue.Queues;
import tg.queue.Rate;

/// Whether a rate holds over several processes, and blocks nobody; see bench/README.md.
final class RateBench {
  private static final int PROCESSES = 4;
  private static final int PER_SECOND = 30;
  private static final String LIMITED = "limited";
  private static final String FREE = "free";

  private RateBench() {}

  /// A worker in a process of its own; ends with its input.
  static final class Member {
    private Member() {}

    static void main(String[] args) throws IOException {
      var server = URI.create("redis://127.0.0.1:" + System.getenv("TG_BENCH_PORT"));
      try (var queues = Queues.connect(server);
          var worker = queues.worker(LIMITED, FREE).concurrency(10).start(job -> Outcome.done())) {
        while (System.in.read() >= 0) {
          // Until the end of the input.
        }
        worker.drain(Duration.ofSeconds(5));
      }
    }
  }

  static int run(String[] args) throws IOException, InterruptedException {
    int seconds = args.length == 2 && args[0].equals("--seconds") ? Integer.parseInt(args[1]) : 60;
    var folder = Files.createTempDirectory("tg-rate");
    var members = new ArrayList<Process>();
    try (var server = Contest.server(folder);
        var queues = Queues.connect(URI.create("redis://127.0.0.1:" + server.port()))) {
      var rate = Rate.of(PER_SECOND, Duration.ofSeconds(1)).burst(PER_SECOND);
      queues.queue(LIMITED).limit(QueueLimits.NONE.rate(rate));
      queues.queue(LIMITED).pause();
      var port = Map.of("TG_BENCH_PORT", Integer.toString(server.port()));
      for (int i = 0; i < PROCESSES; i++) {
        members.add(Child.fed("tg.bench/tg.bench.RateBench$Member", port));
      }
      try {
        awake(queues);
        return measure(queues, seconds);
      } finally {
        for (var member : members) {
          Child.end(member);
        }
      }
    }
  }

  /// Until every process has had work.
  private static void awake(Queues queues) throws InterruptedException {
    for (int i = 0; i < 400; i++) {
      queues.enqueue(NewJob.of(FREE, "noop", Payload.empty()));
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static int measure(Queues queues, int seconds) throws InterruptedException {
    var jobs = new ArrayList<NewJob>();
    for (int i = 0; i < (seconds + 30) * PER_SECOND; i++) {
      jobs.add(NewJob.of(LIMITED, "noop", Payload.empty()));
    }
    queues.enqueueAll(jobs);
    queues.queue(LIMITED).resume();
    long start = System.nanoTime();
    long slowest = 0;
    for (int second = 1; second <= seconds; second++) {
      slowest = Math.max(slowest, roundTrip(queues));
      long left = start + TimeUnit.SECONDS.toNanos(second) - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
    }
    long done = queues.queue(LIMITED).counts().finished();
    double elapsed = (System.nanoTime() - start) / 1e9;
    var verdict = new Verdict();
    double expected = PER_SECOND + PER_SECOND * elapsed;
    verdict.within(
        "starts, in those that the rate and the burst allow", done / expected, 0.98, 1.0);
    verdict.within(
        "starts a second over " + seconds + " s, after the burst",
        (done - PER_SECOND) / elapsed,
        PER_SECOND * 0.98,
        PER_SECOND * 1.02);
    verdict.within("slowest job of another queue meanwhile, ms", slowest / 1e6, 0, 500);
    return verdict.status();
  }

  /// A job of the queue without a rate, from its enqueue to its end.
  private static long roundTrip(Queues queues) throws InterruptedException {
    long before = queues.queue(FREE).counts().finished();
    long start = System.nanoTime();
    queues.enqueue(NewJob.of(FREE, "noop", Payload.empty()));
    while (queues.queue(FREE).counts().finished() == before) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return System.nanoTime() - start;
  }
}
