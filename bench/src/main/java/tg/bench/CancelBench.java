package tg.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tg.queue.Cancellation;
import tg.queue.Job;
import tg.queue.JobId;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.Queues;

/// How long a cancel takes to reach a running job in another process; see bench/README.md.
final class CancelBench {
  private static final String QUEUE = "cancel";
  private static final String BUSY = "busy";
  private static final int CONCURRENCY = 200;
  private static final int PACE_MILLIS = 5;
  private static final int MUST_MILLIS = 1_000;

  private final Queues queues;
  private final Verdict verdict = new Verdict();
  private final BlockingQueue<String> started = new LinkedBlockingQueue<>();
  private final Map<String, Long> reached = new ConcurrentHashMap<>();

  private CancelBench(Queues queues) {
    this.queues = queues;
  }

  /// A worker in a process of its own. It says `s ID` when a job has started and `i ID` when it was
  /// interrupted, and ends with its input.
  static final class Member {
    private Member() {}

    static void main(String[] args) throws IOException {
      var server = URI.create("redis://127.0.0.1:" + System.getenv("TG_BENCH_PORT"));
      try (var queues = Queues.connect(server);
          var _ = queues.worker(QUEUE).concurrency(CONCURRENCY).start(Member::sleep);
          var _ = queues.worker(BUSY).concurrency(CONCURRENCY).start(job -> Outcome.done())) {
        while (System.in.read() >= 0) {
          // Until the end of the input.
        }
      }
    }

    private static Outcome sleep(Job job) {
      System.out.println("s " + job.id().value());
      try {
        TimeUnit.MINUTES.sleep(10);
        return Outcome.done();
      } catch (InterruptedException e) {
        System.out.println("i " + job.id().value());
        return Outcome.canceled();
      }
    }
  }

  static int run(String[] args) throws IOException, InterruptedException {
    int jobs = args.length == 2 && args[0].equals("--jobs") ? Integer.parseInt(args[1]) : 1_000;
    var folder = Files.createTempDirectory("tg-cancel");
    try (var server = Contest.server(folder);
        var queues = Queues.connect(URI.create("redis://127.0.0.1:" + server.port()))) {
      var bench = new CancelBench(queues);
      var settings =
          Map.of("TG_BENCH_PORT", Integer.toString(server.port()), "TG_LOG_LEVEL", "error");
      var member = Child.heard("tg.bench/tg.bench.CancelBench$Member", settings);
      try {
        Thread.ofVirtual().start(() -> bench.listen(member.inputReader(UTF_8)));
        bench.measure("every slot taken", jobs);
        bench.measureBusy(jobs);
      } finally {
        Child.end(member);
      }
      int deaf = Child.fed("tg.bench/tg.bench.DeafBench", settings).waitFor();
      return Math.max(deaf, bench.verdict.status());
    }
  }

  private void listen(BufferedReader lines) {
    lines
        .lines()
        .forEach(line -> {
          long now = System.nanoTime();
          var id = line.substring(2);
          if (line.startsWith("i ")) {
            reached.put(id, now);
          } else {
            started.add(id);
          }
        });
  }

  private void measureBusy(int jobs) throws InterruptedException {
    var over = new AtomicBoolean();
    Future<Integer> others;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      others = threads.submit(() -> keepBusy(over));
      try {
        measure("and 200 jobs of another queue at a time", jobs);
      } finally {
        over.set(true);
      }
    }
    System.out.printf(Locale.ROOT, "%-64s %,10d%n", "  those jobs", others.resultNow());
  }

  /// {@return how many jobs the process did until it was over}
  private int keepBusy(AtomicBoolean over) throws InterruptedException {
    var batch = Collections.nCopies(CONCURRENCY, NewJob.of(BUSY, "noop", Payload.empty()));
    int done = 0;
    while (!over.get()) {
      var last = queues.enqueueAll(batch).getLast();
      var _ = queues.queue(BUSY).await(last, Duration.ofSeconds(30));
      done += CONCURRENCY;
    }
    return done;
  }

  /// Cancels jobs one by one, each as soon as possible after its start, so that others take their
  /// slots.
  private void measure(String when, int jobs) throws InterruptedException {
    queues.enqueueAll(Collections.nCopies(jobs, NewJob.of(QUEUE, "sleep", Payload.empty())));
    var asked = new ConcurrentHashMap<String, Long>();
    for (int i = 0; i < jobs; i++) {
      var id = started.poll(30, TimeUnit.SECONDS);
      if (id == null) {
        throw new IllegalStateException("only " + i + " of " + jobs + " jobs were started");
      }
      asked.put(id, System.nanoTime());
      var answer = queues.queue(QUEUE).cancel(new JobId(id));
      if (answer != Cancellation.REQUESTED) {
        throw new IllegalStateException("the cancel of running job " + id + " came to " + answer);
      }
      TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
    }
    report(when, asked);
  }

  private void report(String when, Map<String, Long> asked) throws InterruptedException {
    int jobs = asked.size();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!reached.keySet().containsAll(asked.keySet()) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    var millis =
        asked.entrySet().stream()
            .filter(entry -> reached.containsKey(entry.getKey()))
            .map(entry -> (reached.getOrDefault(entry.getKey(), 0L) - entry.getValue()) / 1e6)
            .sorted()
            .toList();
    System.out.printf(Locale.ROOT, "%,d running jobs, %s:%n", jobs, when);
    verdict.within("  reached by their cancel", millis.size(), jobs, jobs);
    verdict.within("  cancel to interruption, p50, ms", at(millis, 50), 0, MUST_MILLIS);
    System.out.printf(Locale.ROOT, "%-64s %10.3f%n", "  the same, p99, ms", at(millis, 99));
  }

  /// A percentile of sorted values.
  static double at(List<Double> sorted, int percent) {
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() * percent / 100);
  }
}
