package tg.queue;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A namespace of job queues, on a Valkey server or in memory: the entry to this library.
/// Thread-safe; share one.
///
/// ```java
/// try (var queues = Queues.connect(URI.create("valkey://127.0.0.1:6379"))) {
///   queues.enqueue(NewJob.of("tasks", "greet", Payload.of("Ann")));
///   var worker = queues.worker("tasks").concurrency(8).start(job -> Outcome.done());
///   worker.drain(Duration.ofSeconds(10));
/// }
/// ```
public final class Queues implements AutoCloseable {
  private final String namespace;

  private Queues(String namespace) {
    this.namespace = namespace;
  }

  /// Connects to a server with the default settings; see {@link Builder}.
  ///
  /// @param server `valkey://[user:password@]host[:port][/db]`, `valkeys://` for TLS; `redis://`
  ///   and `rediss://` likewise
  public static Queues connect(URI server) {
    return builder().server(server).open();
  }

  /// Opens an empty namespace in memory, for tests and for trying things; it ends with this object.
  ///
  /// @param clock the clock that stands for the server's
  public static Queues inMemory(InstantSource clock) {
    throw new UnsupportedOperationException(clock.toString());
  }

  /// Starts with the default settings.
  public static Builder builder() {
    return new Builder();
  }

  /// {@return the namespace's name}
  public String namespace() {
    return namespace;
  }

  /// {@return the queue of that name; it need not exist before its first job}
  public JobQueue queue(String name) {
    return new JobQueue(this, name);
  }

  /// Adds one job. Returns when the server has it.
  ///
  /// @return its id; that of the waiting job it replaced, if it did
  /// @throws QueueException.Unavailable when the server could not take it in time; the message says
  ///   whether it may have
  public JobId enqueue(NewJob job) {
    throw new UnsupportedOperationException(job.toString());
  }

  /// Adds several jobs, in any queues of the namespace, all or none, in this order.
  ///
  /// @return their ids, in the same order
  /// @throws QueueException.Unavailable as in {@link #enqueue}
  public List<JobId> enqueueAll(List<NewJob> jobs) {
    throw new UnsupportedOperationException(jobs.toString());
  }

  /// Adds several jobs, all or none, unless this was done under the same key within the window
  /// before.
  ///
  /// @param key 1 to 64 characters out of `A-Z a-z 0-9 . _ : -`
  /// @param window how long the key is remembered, 1 second to 30 days
  /// @throws QueueException.Unavailable as in {@link #enqueue}; repeating the call is safe
  public Admission enqueueOnce(String key, Duration window, List<NewJob> jobs) {
    throw new UnsupportedOperationException(key + window + jobs);
  }

  /// Starts to describe a worker for the given queues, the first being served first.
  public Worker.Builder worker(String... names) {
    return new Worker.Builder(this, List.of(names));
  }

  /// Takes the named lease, if nobody has it.
  ///
  /// @param time how long it lasts without renewal, 1 second to 1 hour
  /// @return the lease, or empty while somebody else holds it
  public Optional<Lease> tryLease(String name, Duration time) {
    throw new UnsupportedOperationException(name + time);
  }

  /// Asks the server a trivial question.
  ///
  /// @return how long the answer took
  /// @throws QueueException.Unavailable when there is none in time
  public Duration ping() {
    throw new UnsupportedOperationException();
  }

  /// {@return one line about the server: product, version, address; no password}
  public String server() {
    throw new UnsupportedOperationException();
  }

  /// Closes the connections. Workers must have been drained before.
  @Override
  public void close() {}

  /// Settings; each setter says its default. Confined to one thread at a time.
  public static final class Builder {
    private Builder() {}

    /// Sets the server. Default: `valkey://127.0.0.1:6379`.
    ///
    /// @throws IllegalArgumentException for another scheme or a URI without a host; the message
    ///   hides the password
    public Builder server(URI value) {
      throw new UnsupportedOperationException(value.getHost());
    }

    /// Sets the namespace: applications with different ones do not see each other. Default: `tg`.
    public Builder namespace(String value) {
      throw new UnsupportedOperationException(value);
    }

    /// Sets how long a call waits for a server that is away before it fails, zero to 10 minutes.
    /// Default: 5 seconds.
    public Builder patience(Duration value) {
      throw new UnsupportedOperationException(value.toString());
    }

    /// Sets how long finished and canceled jobs stay readable, zero to 365 days. Default: 1 hour.
    public Builder keepFinished(Duration value) {
      throw new UnsupportedOperationException(value.toString());
    }

    /// Sets how long failed jobs stay readable, zero to 365 days. Default: 7 days.
    public Builder keepFailed(Duration value) {
      throw new UnsupportedOperationException(value.toString());
    }

    /// Sets the largest payload or result in bytes, 1 KiB to 512 MiB. Default: 1 MiB.
    public Builder maxPayload(int bytes) {
      throw new UnsupportedOperationException(Integer.toString(bytes));
    }

    /// Connects and checks the server's version (Valkey 7.2 or newer, Redis 7.0 or newer).
    ///
    /// @throws QueueException.Unavailable when the server cannot be reached in time
    public Queues open() {
      return new Queues("tg");
    }
  }
}
