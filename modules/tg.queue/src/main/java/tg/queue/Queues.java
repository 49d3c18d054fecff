package tg.queue;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  private static final int MOST_PARTITIONS = 64;

  private final Store store;
  private final Settings settings;
  private final Tickets tickets;
  private final Schedules schedules;
  private final Durability durability;

  Queues(Store store, Settings settings, Tickets tickets) {
    this.store = store;
    this.settings = settings;
    this.tickets = tickets;
    this.schedules = new Schedules(this, store.parts().schedules());
    this.durability = settings.durability();
  }

  private Queues(Queues same, Durability durability) {
    this.store = same.store;
    this.settings = same.settings;
    this.tickets = same.tickets;
    this.schedules = same.schedules;
    this.durability = durability;
  }

  /// Connects to a server with the default settings; see {@link Builder}.
  ///
  /// @param server see {@link Builder#server}
  public static Queues connect(URI server) {
    return builder().server(server).open();
  }

  /// Opens an empty namespace in memory, for tests and for trying things; it ends with this object.
  ///
  /// @param clock the clock that stands for the server's
  public static Queues inMemory(InstantSource clock) {
    return inMemory(clock, 1);
  }

  /// Opens an empty namespace in memory that is spread over partitions, for tests of what changes
  /// with them.
  ///
  /// @param clock the clock that stands for the server's
  /// @param partitions 1 to 64, see {@link Builder#partitions}
  public static Queues inMemory(InstantSource clock, int partitions) {
    return builder().partitions(partitions).openInMemory(clock);
  }

  /// Starts with the default settings.
  public static Builder builder() {
    return new Builder();
  }

  /// {@return the namespace's name}
  public String namespace() {
    return settings.namespace();
  }

  /// {@return the queue of that name; it need not exist before its first job}
  public JobQueue queue(String name) {
    return new JobQueue(this, name);
  }

  /// {@return the job, wherever it is, or empty when it is not known (any more)}
  public Optional<JobInfo> find(JobRef job) {
    return store.find(job.queue(), job.id());
  }

  /// {@return a view of the same queues, over the same connections, whose enqueues wait for that
  /// durability; closing either closes both} What workers add with their outcomes is as durable as
  /// the outcomes: {@link Durability#MEMORY}.
  ///
  /// ```java
  /// queues.durable(Durability.replica(1)).enqueue(payment);
  /// ```
  public Queues durable(Durability level) {
    return new Queues(this, level);
  }

  /// Adds one job. Returns when the server has it, as durably as {@link #durable} or {@link
  /// Builder#durability} say.
  ///
  /// @return its id; that of the waiting job it replaced, if it did
  /// @throws QueueException.Unavailable when the server could not take it in time; the message says
  ///   whether it may have
  /// @throws QueueException.NotDurable when it was added, and it could not be made sure in time
  ///   that it is as durable as asked for
  public JobId enqueue(NewJob job) {
    return enqueueAll(List.of(job)).getFirst();
  }

  /// Adds several jobs, in any queues of the namespace, all or none, in this order. Those of other
  /// partitions than the first one's are on their way when it returns, and arrive once, in order.
  ///
  /// @param jobs up to 10,000, as the server does nothing else meanwhile
  /// @return their ids, in the same order
  /// @throws QueueException.Unavailable as in {@link #enqueue}
  /// @throws QueueException.NotDurable as in {@link #enqueue}
  public List<JobId> enqueueAll(List<NewJob> jobs) {
    return switch (add(jobs, null)) {
      case Admission.Accepted(var accepted) -> accepted;
      case Admission.Repeated repeated -> throw new IllegalStateException(repeated.toString());
    };
  }

  /// Adds very many jobs, in this order, in slices of 200 at most, fewer of large ones: each slice
  /// is all or nothing, and the server does other things in between. A slice whose answer is lost
  /// is not added twice. Takes from the stream what it adds, and no more than a slice ahead.
  ///
  /// @return how many jobs the stream had
  /// @throws QueueException.Partly when a slice could not be added, with how many were before. To
  ///   repeat all of it without doubles, give the jobs ids
  public long enqueueMany(Stream<NewJob> jobs) {
    return new Inflow(this::enqueueAll).take(jobs.iterator());
  }

  /// Adds several jobs, all or none, unless this was done under the same key within the window
  /// before.
  ///
  /// @param key 1 to 64 characters out of `A-Z a-z 0-9 . _ : -`
  /// @param window how long the key is remembered, 1 second to 30 days
  /// @throws QueueException.Unavailable as in {@link #enqueue}; repeating the call is safe
  /// @throws QueueException.NotDurable as in {@link #enqueue}
  public Admission enqueueOnce(String key, Duration window, List<NewJob> jobs) {
    Names.checkTagged("once-key", key);
    Settings.within("window", window, Duration.ofSeconds(1), Duration.ofDays(30));
    return add(jobs, new Store.Once(key, window));
  }

  private Admission add(List<NewJob> jobs, Store.@Nullable Once once) {
    return middlewares().enqueue(jobs, some -> store.add(tickets(some), once, durability));
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
    Names.checkTagged("lease", name);
    Settings.within("time", time, Duration.ofSeconds(1), Duration.ofHours(1));
    var token = store.acquire(name, tickets.newId(), time);
    return token.isPresent()
        ? Optional.of(new Lease(store, name, token.getAsLong(), time))
        : Optional.empty();
  }

  /// {@return the schedules: jobs that are enqueued by a calendar or at intervals}
  public Schedules schedules() {
    return schedules;
  }

  /// {@return the workers of the namespace, in all processes}
  public Workers workers() {
    return new Workers(this);
  }

  /// {@return what happens to the jobs}
  public Events events() {
    return new Events(store.parts().events());
  }

  /// Asks the server a trivial question.
  ///
  /// @return how long the answer took
  /// @throws QueueException.Unavailable when there is none in time
  public Duration ping() {
    return store.ping();
  }

  /// {@return one line about the server: product, version, address; no password}
  public String server() {
    return store.server();
  }

  /// Closes the connections. Workers must have been drained before.
  @Override
  public void close() {
    schedules.close();
    store.close();
  }

  Store store() {
    return store;
  }

  Routes routes() {
    return tickets.routes();
  }

  /// {@return a fresh id, to be given to a job by {@link NewJob#id} that others of the same call
  /// refer to}
  public JobId newJobId() {
    return new JobId(tickets.newId());
  }

  /// A new id, for a job, an epoch or a lease's holder.
  String newId() {
    return tickets.newId();
  }

  /// Checks the sizes and gives ids.
  List<Store.Ticket> tickets(List<NewJob> jobs) {
    return tickets.of(jobs);
  }

  /// Checks a payload or a result.
  void checkSize(String what, Payload payload) {
    tickets.checkSize(what, payload);
  }

  /// Checks the result of a job.
  void checkResult(Job job, Payload result) {
    if (tickets.tooLarge(result)) {
      throw tickets.tooLarge("the result of " + job.queue() + "/" + job.id(), result);
    }
  }

  Middlewares middlewares() {
    return tickets.middlewares();
  }

  Seal seal() {
    return tickets.seal();
  }

  int maxPayload() {
    return settings.maxPayload();
  }

  /// Settings; each setter says its default. Confined to one thread at a time.
  public static final class Builder {
    private Whereabouts server = ServerUri.read(URI.create("valkey://127.0.0.1:6379"));
    private String namespace = Settings.DEFAULT.namespace();
    private Duration patience = Settings.DEFAULT.patience();
    private Duration keepFinished = Settings.DEFAULT.keepFinished();
    private Duration keepFailed = Settings.DEFAULT.keepFailed();
    private int maxPayload = Settings.DEFAULT.maxPayload();
    private int partitions = 1;
    private Durability durability = Settings.DEFAULT.durability();

    private @Nullable KeyRing keys;
    private int compressAbove = Integer.MAX_VALUE;
    private final List<Middleware> middlewares = new ArrayList<>();

    private Builder() {}

    private static int checkPartitions(int value) {
      return Settings.between("partitions", value, 1, MOST_PARTITIONS);
    }

    /// Sets the server. Default: `valkey://127.0.0.1:6379`.
    ///
    /// One server: `valkey://[user:password@]host[:port][/db]`. One that moves, and Sentinels that
    /// know where it is: `valkey+sentinel://[user:password@]host[:port],host[:port]…/name[/db]`,
    /// with `?sentinel=[user:]password` when these want one, too. `redis` may stand for `valkey`.
    ///
    /// Encrypted: `valkeys://` and `valkeys+sentinel://`; trusted is what the JDK trusts, or
    /// `javax.net.ssl.trustStore`. Options: `ca`, a file of certificates to trust instead; `cert`
    /// and `key`, files with our own certificate and its key; all in PEM, read anew for each
    /// connection. Special characters are percent-encoded.
    ///
    /// @throws IllegalArgumentException for a URI that is not of this form; the message hides the
    ///   password
    public Builder server(URI value) {
      server = ServerUri.read(value);
      return this;
    }

    /// Sets the namespace: applications with different ones do not see each other. Default: `tg`.
    ///
    /// @param value 1 to 64 characters out of `A-Z a-z 0-9 . _ : -`
    public Builder namespace(String value) {
      namespace = Names.check("namespace", value);
      return this;
    }

    /// Sets how long a call waits for a server that is away before it fails, zero to 10 minutes.
    /// Default: 5 seconds.
    public Builder patience(Duration value) {
      patience = Settings.within("patience", value, Duration.ZERO, Duration.ofMinutes(10));
      return this;
    }

    /// Sets how long finished and canceled jobs stay readable, zero to 365 days. Default: 1 hour.
    public Builder keepFinished(Duration value) {
      keepFinished = Settings.within("keepFinished", value, Duration.ZERO, Settings.MOST_KEPT);
      return this;
    }

    /// Sets how long failed jobs stay readable, zero to 365 days. Default: 7 days.
    public Builder keepFailed(Duration value) {
      keepFailed = Settings.within("keepFailed", value, Duration.ZERO, Settings.MOST_KEPT);
      return this;
    }

    /// Sets the largest payload or result in bytes, 1 KiB to 512 MiB. Default: 1 MiB.
    public Builder maxPayload(int bytes) {
      maxPayload = Settings.between("maxPayload", bytes, 1024, 512 * 1024 * 1024);
      return this;
    }

    /// Spreads the namespace over that many partitions, 1 to 64, each of which is served by one
    /// node of a cluster, or one server for all. All processes must agree; the server remembers the
    /// number. A group is in one partition; groups with the same `{tag}` in their names are in the
    /// same one. Order, priorities and turns of groups hold within a partition. Default: 1.
    public Builder partitions(int value) {
      partitions = checkPartitions(value);
      return this;
    }

    /// Sets what an enqueue waits for, where {@link Queues#durable} says nothing else. Default:
    /// {@link Durability#MEMORY}.
    public Builder durability(Durability value) {
      durability = value;
      return this;
    }

    /// Adds middleware, inside what was added before. Default: none.
    public Builder use(Middleware value) {
      middlewares.add(value);
      return this;
    }

    /// Encrypts payloads, results, steps and meta with these keys; see {@link KeyRing}. Names,
    /// types, groups, headers, content types, reasons of failures and progress are not encrypted.
    /// Default: no encryption.
    public Builder encryption(KeyRing value) {
      keys = value;
      return this;
    }

    /// Compresses what is larger than that many bytes, if it gets smaller by it. Every process can
    /// read it, whatever its own setting. Default: no compression.
    ///
    /// @param bytes 64 or more
    public Builder compressAbove(int bytes) {
      compressAbove = Settings.between("compressAbove", bytes, 64, Integer.MAX_VALUE);
      return this;
    }

    /// Opens an empty namespace in memory with these settings, for tests.
    ///
    /// @param clock the clock that stands for the server's
    public Queues openInMemory(InstantSource clock) {
      var routes = new Routes(namespace, partitions);
      return Opening.inMemory(settings(), treatment(), clock, routes);
    }

    /// Connects and checks the server's version (Valkey 7.2 or newer, Redis 7.0 or newer).
    ///
    /// @throws QueueException.Unavailable when the server cannot be reached in time
    /// @throws QueueException.NewerLayout when a newer version of this library uses the namespace
    /// @throws QueueException.Denied when it does not let us in
    /// @throws QueueException.WrongPartitions when the namespace has another number of partitions
    public Queues open() {
      return Opening.onServer(server, settings(), treatment(), new Routes(namespace, partitions));
    }

    private Treatment treatment() {
      return new Treatment(new Seal(keys, compressAbove), new Middlewares(middlewares));
    }

    private Settings settings() {
      return new Settings(namespace, patience, keepFinished, keepFailed, maxPayload, durability);
    }
  }
}
