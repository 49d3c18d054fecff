package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import tg.queue.internal.valkey.Protocol;

/// Hears of the ends of jobs that threads of this process wait for: all of them over one
/// connection, on which one blocking call is under way while anybody waits. What is told to a
/// process is in a list of its own; when the connection breaks, all that is waited for is asked for
/// anew. Thread-safe.
final class Ear implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tg.queue");
  private static final int MOST_ASKED = 500;
  private static final int BLOCK_SECONDS = 20;
  private static final int ANSWER_MILLIS = 5_000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Awaited awaited = new Awaited();
  private final Courier courier;
  private final Link link;
  private final String client;
  private final byte[] key;
  private final Queue<JobRef> unasked = new ConcurrentLinkedQueue<>();
  private final ReentrantLock asking = new ReentrantLock();
  private boolean listening;
  private volatile boolean closed;

  /// @param link a connection of its own
  /// @param client a name never used before
  Ear(Courier courier, Link link, String namespace, String client) {
    this.courier = courier;
    this.link = link;
    this.client = client;
    this.key = ("{" + namespace + "}/ear/" + client).getBytes(UTF_8);
  }

  /// Waits until the job has ended, or is not known.
  ///
  /// @return whether that is so; false when the time is over before
  boolean await(JobRef job, Duration atMost) throws InterruptedException {
    var waiters = awaited.join(job);
    try {
      listen();
      unasked.add(job);
      askTogether();
      return waiters.end().await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      awaited.leave(job, waiters);
    }
  }

  @Override
  public void close() {
    closed = true;
    link.close();
    awaited.endAll();
  }

  /// Whoever comes first asks for all who came meanwhile, so that many ask in few calls.
  private void askTogether() {
    asking.lock();
    try {
      var jobs = new ArrayList<JobRef>();
      for (var job = unasked.poll(); job != null; job = unasked.poll()) {
        jobs.add(job);
      }
      try {
        ask(jobs);
      } catch (QueueException e) {
        jobs.forEach(awaited::ended);
        throw e;
      }
    } finally {
      asking.unlock();
    }
  }

  /// Asks to be told of the ends of these jobs. Who waits for one that is not open should look.
  private void ask(List<JobRef> jobs) {
    for (int from = 0; from < jobs.size(); from += MOST_ASKED) {
      var some = jobs.subList(from, Math.min(jobs.size(), from + MOST_ASKED));
      var args = new Args().add(client);
      some.forEach(job -> args.add(job.queue()).add(job.id().value()));
      var answer = (List<?>) courier.ask(Script.WATCH, args);
      for (int i = 0; i < some.size(); i++) {
        if ((Long) answer.get(i) >= 0) {
          awaited.ended(some.get(i));
        }
      }
    }
  }

  private synchronized void listen() {
    if (!listening && !closed) {
      listening = true;
      var _ = Thread.ofPlatform().daemon().name("tg.queue-ear").start(this::work);
    }
  }

  private void work() {
    boolean sound = true;
    while (goOn()) {
      try {
        if (!sound) {
          ask(List.copyOf(awaited.jobs()));
        }
        hear();
        sound = true;
      } catch (QueueException e) {
        sound = false;
        LOG.log(System.Logger.Level.DEBUG, "the ends of jobs are not heard: {0}", e.getMessage());
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /// Whether anybody waits; if not, the thread ends.
  private synchronized boolean goOn() {
    listening = !closed && !awaited.jobs().isEmpty();
    return listening;
  }

  private void hear() {
    int answerMillis = BLOCK_SECONDS * 1_000 + ANSWER_MILLIS;
    var first =
        Link.request(
            Protocol.Command.BLPOP, answerMillis, key, bytes(String.valueOf(BLOCK_SECONDS)));
    if (link.call(first, System.nanoTime()) instanceof List<?> pair) {
      ended(pair.get(1));
      var rest = Link.request(Protocol.Command.LPOP, ANSWER_MILLIS, key, bytes("1000"));
      if (link.call(rest, System.nanoTime()) instanceof List<?> more) {
        more.forEach(this::ended);
      }
    }
  }

  private void ended(Object name) {
    var text = new String((byte[]) name, ISO_8859_1);
    int slash = text.indexOf('/');
    awaited.ended(new JobRef(text.substring(0, slash), new JobId(text.substring(slash + 1))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
