package tg.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Claims jobs of some queues and runs each on a virtual thread. Thread-safe.
///
/// A worker holds one lease on the server, renewed from a platform thread that no job can starve.
/// When its process dies, its jobs run elsewhere within 15 seconds at the defaults.
public final class Worker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tg.queue");

  private final String id;
  private final List<WorkerLoop> loops;

  private Worker(String id, List<WorkerLoop> loops) {
    this.id = id;
    this.loops = loops;
  }

  /// {@return the worker's id, unique for this start}
  public String id() {
    return id;
  }

  /// {@return how many jobs it runs now}
  public int running() {
    return loops.stream().mapToInt(WorkerLoop::running).sum();
  }

  /// {@return how many of its outcomes came too late and were refused, because the jobs were
  /// somebody else's by then}
  public long refused() {
    return loops.stream().mapToLong(WorkerLoop::refused).sum();
  }

  /// {@return whether its threads run; a worker that is not alive although nobody drained it has
  /// met a fault of this library, and only a new one can go on}
  public boolean alive() {
    return loops.stream().allMatch(WorkerLoop::alive);
  }

  /// {@return whether it takes jobs: it is alive, it does not drain, and the server has heard of it
  /// within its lease; with several partitions, one of them is enough}
  public boolean claiming() {
    return loops.stream().anyMatch(WorkerLoop::claiming);
  }

  /// {@return how many handlers still run whose attempt has ended without them, because they did
  /// not react to an interruption; each holds a thread, but no slot}
  public int abandoned() {
    return loops.stream().mapToInt(WorkerLoop::abandoned).sum();
  }

  /// Stops claiming, waits for the running jobs up to the deadline, then interrupts them, gives
  /// them a second, returns what is left to the head of its queue (no failure counted) and releases
  /// the lease. Called again meanwhile, it can only bring the deadline forward.
  ///
  /// @return whether every job ended by itself
  public boolean drain(Duration deadline) {
    loops.forEach(loop -> loop.beginDrain(deadline));
    return loops.stream().map(WorkerLoop::awaitDrained).reduce(true, Boolean::logicalAnd);
  }

  /// Drains with a deadline of zero.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }

  /// Settings of a worker; each setter says its default. Confined to one thread at a time.
  public static final class Builder {
    private final Queues queues;
    private final List<String> names;
    private final Map<String, Integer> weights = new HashMap<>();
    private int concurrency = 16;
    private int groupLimit = Integer.MAX_VALUE;
    private Duration lease = Duration.ofSeconds(10);
    private RetryPolicy retry =
        RetryPolicy.exponential(5, Duration.ofSeconds(1), Duration.ofMinutes(5));
    private int maxCrashes = 3;
    private Classifier classifier = Classifier.allTransient();
    private @Nullable Duration timeout;
    private Duration grace = Duration.ofSeconds(5);
    private BiFunction<Job, String, List<NewJob>> onFailure = (job, reason) -> List.of();
    private BiFunction<Job, String, List<NewJob>> onExhausted = (job, reason) -> List.of();
    private Function<Job, List<NewJob>> onCanceled = job -> List.of();

    Builder(Queues queues, List<String> names) {
      if (names.isEmpty()) {
        throw new IllegalArgumentException("a worker needs at least one queue");
      }
      this.queues = queues;
      this.names = names.stream().map(name -> Names.check("queue", name)).distinct().toList();
    }

    /// Sets how many jobs run at once, 1 to 100,000. Default: 16.
    public Builder concurrency(int value) {
      concurrency = Settings.between("concurrency", value, 1, 100_000);
      return this;
    }

    /// Serves the queues by weights instead of strictly in their order: when all have jobs, each
    /// gets that share of the starts, counted over all claims; one that has none leaves its share
    /// to the others. Queues without a weight have 1.
    ///
    /// @param queue one of the worker's
    /// @param value 1 to 1,000
    public Builder weight(String queue, int value) {
      if (!names.contains(queue)) {
        throw new IllegalArgumentException(queue + " is not one of the worker's queues " + names);
      }
      weights.put(queue, Settings.between("weight", value, 1, 1_000));
      return this;
    }

    /// Sets how many jobs of one group run at once over all workers, 1 or more; all workers of a
    /// queue should agree. Default: no limit.
    public Builder groupLimit(int value) {
      groupLimit = Settings.between("groupLimit", value, 1, Integer.MAX_VALUE);
      return this;
    }

    /// Sets for how long the server believes in this worker without hearing of it, 1 second to 10
    /// minutes. Renewed at a third of it. Default: 10 seconds.
    public Builder lease(Duration value) {
      lease = Settings.within("lease", value, Duration.ofSeconds(1), Duration.ofMinutes(10));
      return this;
    }

    /// Sets how often a job is tried and the pauses in between, for jobs that do not say
    /// themselves. Default: 5 attempts, exponential from 1 second to 5 minutes.
    public Builder retry(RetryPolicy value) {
      retry = value;
      return this;
    }

    /// Sets which failures are final, and which say when to come back. Default: the retry policy
    /// decides about all.
    public Builder classify(Classifier value) {
      classifier = value;
      return this;
    }

    /// Sets how long an attempt may take before it is interrupted and has failed, for jobs that do
    /// not say themselves, 1 millisecond to 365 days. Default: no limit.
    public Builder timeout(Duration value) {
      timeout = Settings.within("timeout", value, Duration.ofMillis(1), Duration.ofDays(365));
      return this;
    }

    /// Sets how long a handler may take to react to the interruption by a cancellation, a timeout
    /// or a deadline, zero to 10 minutes. After it its attempt ends without it and its slot is
    /// free; what it returns later is discarded. Default: 5 seconds.
    public Builder grace(Duration value) {
      grace = Settings.within("grace", value, Duration.ZERO, Duration.ofMinutes(10));
      return this;
    }

    /// Sets after how many dead workers a job is held to be their killer and fails, 1 or more.
    /// Default: 3.
    public Builder maxCrashes(int value) {
      maxCrashes = Settings.between("maxCrashes", value, 1, Integer.MAX_VALUE);
      return this;
    }

    /// Adds jobs in the same atomic step in which an attempt fails: its handler threw, or took
    /// longer than its timeout. Given the job and the reason. Default: none.
    public Builder onFailure(BiFunction<Job, String, List<NewJob>> value) {
      onFailure = value;
      return this;
    }

    /// Adds jobs in the same atomic step in which a job fails for good because its retries or its
    /// crashes are used up, its failure is final, or its time is over. Given the job and the
    /// reason. Default: none.
    public Builder onExhausted(BiFunction<Job, String, List<NewJob>> value) {
      onExhausted = value;
      return this;
    }

    /// Adds jobs in the same atomic step in which a running job is canceled, unless its handler
    /// returned an outcome. Default: none.
    public Builder onCanceled(Function<Job, List<NewJob>> value) {
      onCanceled = value;
      return this;
    }

    WorkerSettings settings() {
      return new WorkerSettings(
          new WorkerSettings.Serving(names, Map.copyOf(weights)),
          concurrency,
          groupLimit,
          lease,
          new WorkerSettings.Limits(timeout, grace),
          new WorkerSettings.Failing(classifier, retry, maxCrashes),
          new LastWords(onFailure, onExhausted, onCanceled));
    }

    /// Starts the worker.
    ///
    /// @throws QueueException.Unavailable when the server does not answer within the patience of
    ///   the {@link Queues}
    public Worker start(JobHandler handler) {
      var _ = queues.ping();
      var id = queues.newId();
      var crew = new WorkerLoop.Crew(queues, id, settings(), new Slots(concurrency), handler);
      int partitions = queues.store().partitions().size();
      var loops = IntStream.range(0, partitions).mapToObj(i -> new WorkerLoop(crew, i)).toList();
      loops.forEach(WorkerLoop::start);
      LOG.log(
          System.Logger.Level.INFO,
          "worker {0} serves {1}, {2} jobs at once",
          id,
          String.join(", ", names),
          String.valueOf(concurrency));
      queues.schedules().run();
      return new Worker(id, loops);
    }
  }
}
