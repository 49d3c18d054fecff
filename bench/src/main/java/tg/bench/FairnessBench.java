package tg.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tg.queue.GroupLimits;
import tg.queue.Job;
import tg.queue.JobHandler;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.QueueLimits;
import tg.queue.Queues;

/// Whether groups get their shares; see bench/README.md.
final class FairnessBench {
  private static final int LONG = 100_000;
  private static final int SHORT_GROUPS = 99;
  private static final int SHORT = 10;
  private static final int FIRST = SHORT * (SHORT_GROUPS + 1);
  private static final int WEIGHED = 8_000;
  private static final int CAPPED = 10_000;
  private static final int CAP = 2;

  private final Queues queues;
  private final Verdict verdict = new Verdict();

  private FairnessBench(Queues queues) {
    this.queues = queues;
  }

  static int run() throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("tg-fairness");
    try (var server = Contest.server(folder);
        var queues = Queues.connect(URI.create("redis://127.0.0.1:" + server.port()))) {
      var bench = new FairnessBench(queues);
      bench.longAmongShort();
      bench.weights();
      bench.caps();
      return bench.verdict.status();
    }
  }

  /// One group with very many jobs came first; the others have few.
  private void longAmongShort() throws InterruptedException {
    fill("share", "long", LONG);
    for (int g = 0; g < SHORT_GROUPS; g++) {
      fill("share", "short" + g, SHORT);
    }
    var order = new CopyOnWriteArrayList<String>();
    start("share", 1, FIRST, order);
    var started = new ConcurrentHashMap<String, Integer>();
    int error = 0;
    int lastShort = 0;
    for (int i = 0; i < FIRST; i++) {
      started.merge(order.get(i), 1, Integer::sum);
      error = Math.max(error, spread(started));
      lastShort = order.get(i).equals("long") ? lastShort : i + 1;
    }
    verdict.within(
        "last start of the short groups, in fair shares", (double) lastShort / FIRST, 0, 2);
    verdict.within("share error, in rounds", error, 0, 1);
  }

  private static int spread(Map<String, Integer> started) {
    int least = started.size() <= SHORT_GROUPS ? 0 : Integer.MAX_VALUE;
    int most = 0;
    for (int count : started.values()) {
      least = Math.min(least, count);
      most = Math.max(most, count);
    }
    return most - least;
  }

  private void weights() throws InterruptedException {
    queues.queue("weights").limit("heavy", GroupLimits.NONE.weight(3));
    fill("weights", "light", WEIGHED);
    fill("weights", "heavy", WEIGHED);
    var order = new CopyOnWriteArrayList<String>();
    start("weights", 50, WEIGHED, order);
    long heavy = order.subList(0, WEIGHED).stream().filter("heavy"::equals).count();
    verdict.within("weights 1:3 give 1:", (double) heavy / (WEIGHED - heavy), 2.85, 3.15);
  }

  /// Two workers, many groups, at most two jobs of each at a time.
  private void caps() throws InterruptedException {
    queues.queue("caps").limit(QueueLimits.NONE.eachGroup(GroupLimits.NONE.running(CAP)));
    for (int g = 0; g < 50; g++) {
      fill("caps", "g" + g, CAPPED / 50);
    }
    var inside = new ConcurrentHashMap<String, AtomicInteger>();
    var most = new AtomicInteger();
    var enough = new CountDownLatch(CAPPED);
    JobHandler handler =
        job -> {
          var now = inside.computeIfAbsent(group(job), name -> new AtomicInteger());
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          LockSupport.parkNanos(200_000);
          now.decrementAndGet();
          enough.countDown();
          return Outcome.done();
        };
    try (var one = queues.worker("caps").concurrency(60).start(handler);
        var two = queues.worker("caps").concurrency(60).start(handler)) {
      await(enough);
      one.drain(Duration.ofSeconds(10));
      two.drain(Duration.ofSeconds(10));
    }
    verdict.within("most jobs of a group at once, with a cap of 2", most.get(), 1, CAP);
  }

  private void fill(String queue, String group, int count) {
    for (int from = 0; from < count; from += 1_000) {
      var jobs = new ArrayList<NewJob>();
      for (int i = from; i < Math.min(count, from + 1_000); i++) {
        jobs.add(NewJob.of(queue, "noop", Payload.empty()).group(group));
      }
      queues.enqueueAll(jobs);
    }
  }

  /// Runs jobs until so many have started, and notes their groups in order.
  private void start(String queue, int concurrency, int count, List<String> order)
      throws InterruptedException {
    var enough = new CountDownLatch(count);
    var groups = new String[count + concurrency + 1_000];
    var next = new AtomicInteger();
    JobHandler handler =
        job -> {
          int place = next.getAndIncrement();
          if (place < groups.length) {
            groups[place] = group(job);
          }
          enough.countDown();
          return Outcome.done();
        };
    try (var worker = queues.worker(queue).concurrency(concurrency).start(handler)) {
      await(enough);
      worker.drain(Duration.ofSeconds(10));
    }
    order.addAll(Arrays.asList(groups).subList(0, count));
  }

  private static String group(Job job) {
    return job.group().orElseThrow();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException(latch.getCount() + " jobs missing after 5 minutes");
    }
  }
}
