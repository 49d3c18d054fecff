package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tg.queue.internal.valkey.Connection;
import tg.queue.internal.valkey.Protocol;
import tg.queue.internal.valkey.exceptions.JedisConnectionException;
import tg.queue.internal.valkey.exceptions.JedisDataException;
import tg.queue.internal.valkey.exceptions.JedisException;

/// One connection to the server that comes back: a call is repeated, with pauses, until it is
/// answered or its time is over. Calls must be such that a repetition does no harm. Calls are
/// confined to one thread at a time; {@link #close} may come from any.
final class Link implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tg.queue");

  /// For calls that are repeated until they are answered.
  static final long FOREVER = Long.MAX_VALUE;

  private static final int ANSWER_MILLIS = 5_000;
  private static final int CONNECT_MILLIS = 2_000;
  private static final long LEAST_WAIT_MILLIS = 1_000;

  private final Whereabouts whereabouts;
  private final Wiring wiring;
  private final byte[] prefix;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private volatile boolean closed;
  private volatile long backSinceNanos;
  private volatile boolean cameBack;
  private volatile @Nullable ServerAddress address;
  private @Nullable Connection connection;
  private @Nullable Outage outage;

  /// A time without answers.
  private record Outage(long sinceNanos, Backoff backoff) {}

  /// One request: what to send, until when, and whether it was on the wire.
  static final class Request {
    private final Protocol.Command command;
    private final @Nullable Script script;
    private final byte[][] words;
    private final int answerMillis;
    private volatile boolean sent;

    private Request(
        Protocol.Command command, @Nullable Script script, byte[][] words, int answerMillis) {
      this.command = command;
      this.script = script;
      this.words = words;
      this.answerMillis = answerMillis;
    }

    /// {@return whether the server may have got it}
    boolean sent() {
      return sent;
    }
  }

  Link(Whereabouts whereabouts, String namespace, String role) {
    this.whereabouts = whereabouts;
    this.wiring = new Wiring("tg.queue-" + role + "-" + namespace, CONNECT_MILLIS);
    this.prefix = ("{" + namespace + "}").getBytes(UTF_8);
  }

  /// A call of a script.
  Request request(Script script, Args args) {
    var words = args.toCall(script.digest(), prefix);
    return new Request(Protocol.Command.EVALSHA, script, words, ANSWER_MILLIS);
  }

  /// A plain command.
  ///
  /// @param answerMillis how long to wait for the answer
  static Request request(Protocol.Command command, int answerMillis, byte[]... words) {
    return new Request(command, null, words, answerMillis);
  }

  /// Sends and waits for the answer.
  ///
  /// @param untilNanos when to give up, on the scale of {@link System#nanoTime}; tried once anyhow
  /// @throws QueueException.Unavailable when there was no answer in time, or the link is closed
  /// @throws QueueException.Denied when the server does not let us, unless we have for ever
  Object call(Request request, long untilNanos) {
    return repeated(request, untilNanos, () -> attempt(request));
  }

  /// Sends, waits for the answer, and then, on the same connection, for the durability of what was
  /// written. When the connection breaks in between, both are repeated: only the connection that
  /// wrote can tell. So the repetition of a call must write something, too.
  ///
  /// @param applied hears each answer, before the wait, and null when it is void again
  Testimony call(
      Request request, long untilNanos, Durability level, Consumer<@Nullable Object> applied) {
    return (Testimony)
        repeated(
            request,
            untilNanos,
            () -> {
              applied.accept(attempt(request));
              try {
                return testimony(level, untilNanos);
              } catch (JedisException e) {
                applied.accept(null);
                throw e;
              }
            });
  }

  private Testimony testimony(Durability level, long untilNanos) {
    long left = TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime());
    int wait = (int) Math.max(LEAST_WAIT_MILLIS, left);
    try {
      return Testimony.of(level, attempt(Testimony.question(level, wait, wait + ANSWER_MILLIS)));
    } catch (JedisDataException e) {
      return switch (Refusal.of(e)) {
        case DENIED, FINAL -> Testimony.of(level, e);
        case LOAD, WAIT, RECONNECT -> throw e;
      };
    }
  }

  private Object repeated(Request request, long untilNanos, Supplier<Object> attempts) {
    long start = System.nanoTime();
    while (true) {
      JedisException failure;
      try {
        if (closed) {
          throw unavailable(request, start, new JedisException("closed"));
        }
        var answer = attempts.get();
        answered();
        return answer;
      } catch (JedisConnectionException e) {
        disconnect();
        failure = e;
        if (Tls.distrust(e)) {
          denied(untilNanos, e);
        }
      } catch (JedisDataException e) {
        failure = e;
        switch (Refusal.of(e)) {
          case LOAD, WAIT -> {}
          case RECONNECT -> moved(e);
          case DENIED -> {
            disconnect();
            denied(untilNanos, e);
          }
          case FINAL -> throw new QueueException.Protocol(this + " answered: " + e.getMessage(), e);
        }
      }
      if (!pause(untilNanos, failure)) {
        throw unavailable(request, start, failure);
      }
    }
  }

  /// {@return for how long the link has been up without a break; empty of meaning before the first
  /// call; a link that never broke has been up for ever}
  Duration steadyFor() {
    return cameBack
        ? Duration.ofNanos(System.nanoTime() - backSinceNanos)
        : Duration.ofSeconds(Long.MAX_VALUE);
  }

  boolean closed() {
    return closed;
  }

  /// {@return where the server was found, or is looked for}
  @Override
  public String toString() {
    var latest = address;
    return latest == null ? whereabouts.toString() : latest.toString();
  }

  /// Makes the call under way and all later ones throw.
  @Override
  public void close() {
    closed = true;
    wiring.cut();
    lock.lock();
    try {
      closing.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Object attempt(Request request) {
    try {
      return exchange(request);
    } catch (JedisDataException e) {
      var script = request.script;
      if (script == null || Refusal.of(e) != Refusal.LOAD) {
        throw e;
      }
      exchange(
          request(Protocol.Command.SCRIPT, ANSWER_MILLIS, "LOAD".getBytes(UTF_8), script.source()));
      return exchange(request);
    }
  }

  private Object exchange(Request request) {
    var open = connected();
    open.setSoTimeout(request.answerMillis);
    boolean before = request.sent;
    request.sent = true;
    open.sendCommand(request.command, request.words);
    try {
      return open.getOne();
    } catch (JedisDataException e) {
      request.sent = before;
      throw e;
    }
  }

  private Connection connected() {
    var open = connection;
    if (open == null) {
      var there = whereabouts.now();
      address = there;
      open = wiring.open(there);
      whereabouts.inspect(open);
      connection = open;
      if (closed) {
        wiring.cut();
      }
    }
    return open;
  }

  /// Somebody must act: whoever waits for an end hears of it at once, the others wait for that.
  private void denied(long untilNanos, JedisException failure) {
    var error = Failures.denied(this, failure);
    if (untilNanos != FOREVER) {
      throw error;
    }
    if (outage == null) {
      LOG.log(System.Logger.Level.ERROR, error.getMessage());
    }
  }

  private void moved(JedisDataException reply) {
    var by = address;
    disconnect();
    if (by != null) {
      whereabouts.refused(by, reply);
    }
  }

  private void disconnect() {
    wiring.cut();
    connection = null;
  }

  private void answered() {
    var over = outage;
    if (over != null) {
      outage = null;
      backSinceNanos = System.nanoTime();
      cameBack = true;
      var lasted = Duration.ofNanos(backSinceNanos - over.sinceNanos);
      LOG.log(System.Logger.Level.INFO, "{0} answers again after {1}", this, lasted);
    }
  }

  /// Waits a moment, or says that there is no time left.
  private boolean pause(long untilNanos, JedisException failure) {
    long now = System.nanoTime();
    var current = outage;
    if (current == null) {
      current = new Outage(now, new Backoff(RandomGenerator.getDefault()));
      outage = current;
      if (!closed) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} does not serve, trying again: {1}",
            this,
            failure.getMessage());
      }
    }
    long left = untilNanos - now;
    if (left <= 0 || closed) {
      return false;
    }
    long pause = Math.min(left, current.backoff.next().toNanos());
    lock.lock();
    try {
      while (pause > 0 && !closed) {
        pause = closing.awaitNanos(pause);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private QueueException.Unavailable unavailable(
      Request request, long startNanos, JedisException failure) {
    var waited = Duration.ofMillis((System.nanoTime() - startNanos) / 1_000_000);
    return Failures.unavailable(toString(), waited, request.sent(), failure);
  }
}
