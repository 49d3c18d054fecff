package tg.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.function.LongSupplier;
import tg.queue.NewJob;
import tg.queue.Payload;
import tg.queue.Queues;
import tg.queue.Registry;
import tg.queue.Selection;

/// Many jobs canceled, requeued and deleted in one call, and how long the server was blocked by
/// that; see bench/README.md.
final class BulkBench {
  private static final String QUEUE = "bulk";
  private static final int LONGEST_SCRIPT_MICROS = 5_000;

  private BulkBench() {}

  static int run(String[] args) throws IOException {
    int jobs = args.length == 2 && args[0].equals("--jobs") ? Integer.parseInt(args[1]) : 100_000;
    var folder = Files.createTempDirectory("tg-bulk");
    try (var server = Contest.server(folder);
        var probe = new Probe(server.port());
        var queues = Queues.connect(URI.create("redis://127.0.0.1:" + server.port()))) {
      enqueue(queues, jobs);
      probe.watchSlow(LONGEST_SCRIPT_MICROS);
      var queue = queues.queue(QUEUE);
      var waiting = Selection.in(Registry.WAITING);
      var canceled = Selection.in(Registry.CANCELED);
      var verdict = new Verdict();
      measure(verdict, probe, "count a group", jobs / 10, () -> queue.count(waiting.group("g3")));
      measure(verdict, probe, "cancel", jobs, () -> queue.cancelAll(waiting));
      measure(verdict, probe, "requeue", jobs, () -> queue.requeueAll(canceled));
      measure(verdict, probe, "cancel again", jobs, () -> queue.cancelAll(waiting));
      measure(verdict, probe, "delete", jobs, () -> queue.deleteAll(canceled));
      return verdict.status();
    }
  }

  private static void enqueue(Queues queues, int jobs) {
    for (int from = 0; from < jobs; from += 500) {
      var batch = new ArrayList<NewJob>();
      for (int i = from; i < Math.min(jobs, from + 500); i++) {
        batch.add(NewJob.of(QUEUE, "t", Payload.of("x".repeat(100))).group("g" + i % 10));
      }
      queues.enqueueAll(batch);
    }
  }

  private static void measure(
      Verdict verdict, Probe probe, String what, int expected, LongSupplier work)
      throws IOException {
    long start = System.nanoTime();
    double cpu = probe.cpuMicros();
    int slow = probe.slow();
    long done = work.getAsLong();
    double micros = (probe.cpuMicros() - cpu) / expected;
    System.out.printf(
        "%s: %,d jobs in %.1f s, %.1f us of the server each%n",
        what, done, (System.nanoTime() - start) / 1e9, micros);
    verdict.within(what + ": how many", (double) done, expected, expected);
    verdict.within(what + ": scripts that blocked for over 5 ms", probe.slow() - slow, 0, 0);
  }
}
