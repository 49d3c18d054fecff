package tg.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import tg.queue.JobHandler;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.Queues;
import tg.queue.Worker;

/// Our producer and worker in a process of their own. Reads one command a line and answers each
/// with one line of numbers, as the clients of the peers do; see bench/README.md.
final class QueueClient {
  private static final String QUEUE = "bench";
  private static final int PAYLOAD = 100;
  private static final int BATCH = 500;
  private static final int CONCURRENCY = 1_000;
  private static final int GROUP_LIMIT = 4;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Queues queues;

  private QueueClient(Queues queues) {
    this.queues = queues;
  }

  static void main(String[] args) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (var queues = Queues.connect(URI.create("redis://127.0.0.1:" + args[0]))) {
      var client = new QueueClient(queues);
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(client.answer(line.split(" ", -1)));
      }
    }
  }

  private String answer(String[] words) throws Exception {
    int count = Integer.parseInt(words[1]);
    return switch (words[0]) {
      case "enqueue" -> seconds(() -> enqueue(count, QueueClient::plain));
      case "process" -> process(count);
      case "flow" -> flow(count, CONCURRENCY, QueueClient::plain);
      case "groups" -> {
        int groups = Integer.parseInt(words[2]);
        yield flow(count, CONCURRENCY, i -> plain(i).group("group:" + i % groups));
      }
      case "latency" -> latency(count, Integer.parseInt(words[2]));
      case "sleepers" -> sleepers(count, Duration.ofMillis(Long.parseLong(words[2])));
      default -> throw new IllegalArgumentException("no command " + words[0]);
    };
  }

  private static NewJob plain(int number) {
    var payload = new byte[PAYLOAD];
    Arrays.fill(payload, (byte) 'x');
    return NewJob.of(QUEUE, "noop", Payload.of(payload));
  }

  private void enqueue(int count, IntFunction<NewJob> job) {
    for (int from = 0; from < count; from += BATCH) {
      var batch = new ArrayList<NewJob>(BATCH);
      for (int i = from; i < Math.min(count, from + BATCH); i++) {
        batch.add(job.apply(i));
      }
      queues.enqueueAll(batch);
    }
  }

  /// Answers how long it took, and how many jobs were done: the worker goes on until it has
  /// drained.
  private String process(int count) throws Exception {
    var done = new AtomicInteger();
    var enough = new CountDownLatch(count);
    long start = System.nanoTime();
    var worker = worker(CONCURRENCY, counting(done, enough));
    await(enough, "jobs");
    double seconds = since(start);
    drain(worker);
    return seconds + " " + done.get();
  }

  private String flow(int count, int concurrency, IntFunction<NewJob> job) throws Exception {
    var done = new AtomicInteger();
    var enough = new CountDownLatch(count);
    var worker = worker(concurrency, counting(done, enough));
    long start = System.nanoTime();
    enqueue(count, job);
    await(enough, "jobs");
    double seconds = since(start);
    drain(worker);
    return seconds + " " + done.get();
  }

  private static JobHandler counting(AtomicInteger done, CountDownLatch enough) {
    return job -> {
      done.incrementAndGet();
      enough.countDown();
      return Outcome.done();
    };
  }

  /// One job after the other at an even pace, each with the time of its enqueue.
  private String latency(int count, int perSecond) throws Exception {
    var nanos = new long[count];
    var enough = new CountDownLatch(count);
    var next = new AtomicInteger();
    var worker =
        worker(
            CONCURRENCY,
            job -> {
              long now = System.nanoTime();
              nanos[next.getAndIncrement()] =
                  now - ByteBuffer.wrap(job.payload().bytes()).getLong();
              enough.countDown();
              return Outcome.done();
            });
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long at = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
      for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      var payload = ByteBuffer.allocate(PAYLOAD).putLong(System.nanoTime()).array();
      queues.enqueue(NewJob.of(QUEUE, "noop", Payload.of(payload)));
    }
    await(enough, "jobs");
    drain(worker);
    Arrays.sort(nanos);
    return nanos[count / 2] / 1e6 + " " + nanos[(int) (count * 0.99)] / 1e6;
  }

  /// All at once, each sleeping: how long from the worker's start to the last end, and the most
  /// memory that this process ever had, in MiB.
  private String sleepers(int count, Duration sleep) throws Exception {
    enqueue(count, QueueClient::plain);
    var enough = new CountDownLatch(count);
    long start = System.nanoTime();
    var worker =
        worker(
            count,
            job -> {
              Thread.sleep(sleep);
              enough.countDown();
              return Outcome.done();
            });
    await(enough, "sleepers");
    double seconds = since(start);
    drain(worker);
    return seconds + " " + highWaterMib();
  }

  private static double highWaterMib() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/self/status"), ISO_8859_1)) {
      if (line.startsWith("VmHWM:")) {
        return Integer.parseInt(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("no VmHWM in /proc/self/status");
  }

  private Worker worker(int concurrency, JobHandler handler) {
    return queues.worker(QUEUE).concurrency(concurrency).groupLimit(GROUP_LIMIT).start(handler);
  }

  private static void drain(Worker worker) {
    if (!worker.drain(LIMIT)) {
      throw new IllegalStateException("the worker did not drain");
    }
  }

  private static void await(CountDownLatch latch, String what) throws InterruptedException {
    if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(latch.getCount() + " " + what + " missing after " + LIMIT);
    }
  }

  private static String seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Double.toString(since(start));
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
