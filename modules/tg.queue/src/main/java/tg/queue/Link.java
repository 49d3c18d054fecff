package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tg.queue.internal.valkey.ClientCapaConfig;
import tg.queue.internal.valkey.ClientSetInfoConfig;
import tg.queue.internal.valkey.Connection;
import tg.queue.internal.valkey.DefaultJedisClientConfig;
import tg.queue.internal.valkey.JedisClientConfig;
import tg.queue.internal.valkey.Protocol;
import tg.queue.internal.valkey.RedisProtocol;
import tg.queue.internal.valkey.exceptions.JedisConnectionException;
import tg.queue.internal.valkey.exceptions.JedisDataException;
import tg.queue.internal.valkey.exceptions.JedisException;

/// One connection to the server that comes back: a call is repeated, with pauses, until it is
/// answered or its time is over. Calls must be such that a repetition does no harm. Calls are
/// confined to one thread at a time; {@link #close} may come from any.
final class Link implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tg.queue");
  private static final int ANSWER_MILLIS = 5_000;

  private final Whereabouts whereabouts;
  private final String role;
  private final Wiring wiring = new Wiring();
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
    this.role = role;
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
  Object call(Request request, long untilNanos) {
    long start = System.nanoTime();
    while (true) {
      JedisException failure;
      try {
        if (closed) {
          throw unavailable(request, start, new JedisException("closed"));
        }
        var answer = attempt(request);
        answered();
        return answer;
      } catch (JedisConnectionException e) {
        disconnect();
        failure = e;
      } catch (JedisDataException e) {
        failure = e;
        switch (Refusal.of(e)) {
          case LOAD -> {
            if (load(request)) {
              continue;
            }
          }
          case WAIT -> {}
          case RECONNECT -> moved(e);
          case DENIED -> {
            disconnect();
            LOG.log(System.Logger.Level.ERROR, "{0} refuses us: {1}", server(), e.getMessage());
          }
          case FINAL ->
              throw new QueueException.Protocol(server() + " answered: " + e.getMessage(), e);
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

  private boolean load(Request request) {
    var script = request.script;
    if (script == null) {
      return false;
    }
    try {
      connected().sendCommand(Protocol.Command.SCRIPT, "LOAD".getBytes(UTF_8), script.source());
      connected().getOne();
      return true;
    } catch (JedisConnectionException e) {
      disconnect();
      return false;
    } catch (JedisDataException e) {
      if (Refusal.of(e) == Refusal.FINAL) {
        throw new QueueException.Protocol(server() + " answered: " + e.getMessage(), e);
      }
      return false;
    }
  }

  private Connection connected() {
    var open = connection;
    if (open == null) {
      var there = whereabouts.now();
      address = there;
      open = new Connection(wiring.to(there), config(there));
      whereabouts.inspect(open);
      connection = open;
      if (closed) {
        wiring.cut();
      }
    }
    return open;
  }

  private JedisClientConfig config(ServerAddress there) {
    var builder =
        DefaultJedisClientConfig.builder()
            .protocol(RedisProtocol.RESP2)
            .database(there.database())
            .clientName("tg.queue-" + role)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .clientCapaConfig(ClientCapaConfig.DISABLED);
    var login = there.login();
    if (login != null) {
      builder.password(login.password());
      var user = login.user();
      if (user != null) {
        builder.user(user);
      }
    }
    return builder.build();
  }

  private void moved(JedisDataException reply) {
    var by = address;
    disconnect();
    if (by != null) {
      whereabouts.refused(by, reply);
    }
  }

  /// The latest address, or where to ask for one.
  private String server() {
    var latest = address;
    return latest == null ? whereabouts.toString() : latest.toString();
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
      LOG.log(System.Logger.Level.INFO, "{0} answers again after {1}", server(), lasted);
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
            server(),
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
    return Failures.unavailable(server(), waited, request.sent(), failure);
  }
}
