package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The store in this process's memory: the contract written down in the plainest way. One lock
/// makes each call atomic.
final class MemoryStore implements Partition {
  /// The clock may be one that tests move, so it is looked at now and then while it matters.
  private static final long LOOK_AT_CLOCK = Duration.ofMillis(10).toNanos();

  private final InstantSource clock;
  private final Place place;
  private final MemoryParcels parcels = new MemoryParcels();
  private final Duration keepFinished;
  private final Duration keepFailed;
  private final Awaited awaited = new Awaited();
  private final MemoryTies ties = new MemoryTies(this, awaited);
  private final Map<String, MemoryQueue> queues = new HashMap<>();
  private final Map<String, MemoryEpoch> epochs = new HashMap<>();
  private final Map<String, Instant> onceKeys = new HashMap<>();
  private final Map<String, Instant> pauses = new HashMap<>();
  private final Map<String, Holder> leases = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final MemoryEvents events = new MemoryEvents(this);
  private final Parts parts =
      new Parts(
          new MemorySchedules(this),
          events,
          new MemoryCrew(this),
          new MemoryRuleBook(this),
          new MemoryNotes(this),
          new MemorySweeps(this));
  private long lastToken;
  private boolean closed;

  private record Holder(String name, long token, Instant until) {}

  private MemoryStore(Settings settings, InstantSource clock, Place place) {
    this.clock = clock;
    this.place = place;
    this.keepFinished = settings.keepFinished();
    this.keepFailed = settings.keepFailed();
  }

  static MemoryStore open(Settings settings, InstantSource clock, Place place) {
    return new MemoryStore(settings, clock, place);
  }

  @Override
  public Admission add(List<Ticket> tickets, @Nullable Once once, Durability durability) {
    return atomically(() -> {
      var now = now();
      onceKeys.values().removeIf(until -> !until.isAfter(now));
      for (var key : Keys.needed(tickets)) {
        refuse(key, tickets, now);
      }
      if (once != null && onceKeys.containsKey(once.key())) {
        return new Admission.Repeated(once.key());
      }
      checkQuotas(tickets, now);
      if (once != null) {
        onceKeys.put(once.key(), now.plus(once.window()));
      }
      return new Admission.Accepted(addAll(tickets, now));
    });
  }

  private void refuse(Keys key, List<Ticket> tickets, Instant now) {
    var holder = queue(key.queue(), now).holder(key.kind(), key.key(), now);
    if (holder.isPresent()) {
      throw key.held(holder.get().value());
    }
    if (Keys.needed(tickets).stream().filter(key::equals).count() > 1) {
      throw key.held("?");
    }
  }

  private void checkQuotas(List<Ticket> tickets, Instant now) {
    var more = new HashMap<List<String>, Integer>();
    for (var ticket : tickets) {
      var job = ticket.job();
      var delay = job.delay().filter(Duration::isPositive);
      if (job.group().isPresent() && job.at().isEmpty() && delay.isEmpty()) {
        var group = job.group().get();
        int count = more.merge(List.of(job.queue(), group), 1, Integer::sum);
        var limit = queue(job.queue(), now).refuses(group, count);
        if (limit.isPresent()) {
          throw new QueueException.QuotaReached(group, limit.getAsInt());
        }
      }
    }
  }

  List<JobId> addAll(List<Ticket> tickets, Instant now) {
    var ids = new ArrayList<JobId>();
    for (var ticket : tickets) {
      int home = place.routes().of(ticket);
      if (home == place.index()) {
        ids.add(queue(ticket.job().queue(), now).add(ticket, now));
      } else {
        parcels.keep(home, ticket);
        ids.add(ticket.id());
      }
    }
    return List.copyOf(ids);
  }

  @Override
  public List<Parcel> parcels() {
    return atomically(parcels::kept);
  }

  boolean keepsParcels() {
    return !parcels.kept().isEmpty();
  }

  @Override
  public void receive(int from, List<Parcel> arrived) {
    atomically(() -> addAll(parcels.fresh(from, arrived), now()));
  }

  @Override
  public void received(int to, long number) {
    atomically(() -> parcels.forget(to, number));
  }

  @Override
  public Session session(Claims claims) {
    return new MemorySession(this, claims);
  }

  @Override
  public Counts counts(String queue) {
    return atomically(() -> queue(queue, now()).counts());
  }

  @Override
  public Counts counts(String queue, String group) {
    return atomically(() -> queue(queue, now()).counts(group));
  }

  @Override
  public Verification verify(String queue) {
    return atomically(() -> queue(queue, now()).verify(now()));
  }

  @Override
  public Figures figures(String queue) {
    return atomically(() -> {
      var now = now();
      var workers =
          epochs.values().stream()
              .filter(epoch -> epoch.deadline.isAfter(now))
              .filter(epoch -> epoch.claims.queues().contains(queue))
              .count();
      var seen = queue(queue, now);
      return new Figures(seen.totals(), Math.toIntExact(workers), seen.oldestWaiting(now));
    });
  }

  @Override
  public Optional<JobInfo> find(String queue, JobId id) {
    return atomically(() -> queue(queue, now()).known(id).map(MemoryJob::info));
  }

  @Override
  public List<JobInfo> list(String queue, Registry registry, int offset, int limit) {
    var all =
        atomically(() -> {
          var now = now();
          return queue(queue, now).list(registry, now);
        });
    return all.stream().skip(offset).limit(limit).toList();
  }

  @Override
  public boolean await(JobRef job, Duration atMost) throws InterruptedException {
    var waiters = awaited.join(job);
    try {
      boolean open =
          atomically(() ->
              queue(job.queue(), now())
                  .known(job.id())
                  .map(MemoryJob::info)
                  .filter(info -> !info.state().ended())
                  .isPresent());
      return !open || waiters.end().await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      awaited.leave(job, waiters);
    }
  }

  @Override
  public Cancellation cancel(String queue, JobId id) {
    return atomically(() -> {
      var now = now();
      return queue(queue, now).cancel(id, now);
    });
  }

  @Override
  public boolean requeue(String queue, JobId id) {
    return atomically(() -> {
      var now = now();
      return queue(queue, now).requeue(id, now);
    });
  }

  @Override
  public boolean delete(String queue, JobId id) {
    return atomically(() -> queue(queue, now()).delete(id));
  }

  @Override
  public OptionalLong acquire(String lease, String holder, Duration time) {
    return atomically(() -> {
      var now = now();
      var present = holder(lease, now);
      if (present.filter(other -> !other.name().equals(holder)).isPresent()) {
        return OptionalLong.empty();
      }
      long token = present.map(Holder::token).orElseGet(() -> ++lastToken);
      leases.put(lease, new Holder(holder, token, now.plus(time)));
      return OptionalLong.of(token);
    });
  }

  @Override
  public boolean extend(String lease, long token, Duration time) {
    return atomically(() -> {
      var now = now();
      var present = holder(lease, now).filter(holder -> holder.token() == token);
      present.ifPresent(
          holder -> leases.put(lease, new Holder(holder.name(), token, now.plus(time))));
      return present.isPresent();
    });
  }

  @Override
  public void release(String lease, long token) {
    atomically(
        () -> leases.computeIfPresent(lease, (name, now) -> now.token() == token ? null : now));
  }

  private Optional<Holder> holder(String lease, Instant now) {
    return Optional.ofNullable(leases.get(lease)).filter(holder -> holder.until().isAfter(now));
  }

  @Override
  public Parts parts() {
    return parts;
  }

  @Override
  public Duration ping() {
    return atomically(() -> Duration.ZERO);
  }

  @Override
  public String server() {
    return "memory of this process";
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      awaited.endAll();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Does something as one step, and wakes who waits for a change.
  <T extends @Nullable Object> T atomically(Supplier<T> step) {
    lock.lock();
    try {
      checkOpen();
      var result = step.get();
      ties.tell(now());
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until something is so, or the time is over.
  ///
  /// @param timeMatters whether it may become so by the clock alone
  void await(BooleanSupplier condition, BooleanSupplier timeMatters, Duration atMost) {
    lock.lock();
    try {
      long end = System.nanoTime() + atMost.toNanos();
      long left = atMost.toNanos();
      while (left > 0 && !condition.getAsBoolean()) {
        changed.awaitNanos(timeMatters.getAsBoolean() ? Math.min(left, LOOK_AT_CLOCK) : left);
        checkOpen();
        left = end - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueueException.Unavailable("interrupted while waiting", atMost, false, e);
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw closed();
    }
  }

  Instant now() {
    return clock.instant();
  }

  /// {@return the queue, without what should be forgotten by now}
  MemoryQueue queue(String name, Instant now) {
    var queue =
        queues.computeIfAbsent(name, key -> new MemoryQueue(ties, keepFinished, keepFailed));
    queue.forget(now);
    return queue;
  }

  /// Something has happened to a job.
  void happened(Event.Kind what, MemoryJob job) {
    events.tell(what, job.asked.queue(), job.id, now());
  }

  /// Does what follows from the ends of jobs, before the step is over.
  void tell(Instant now) {
    ties.tell(now);
  }

  /// {@return until when the worker gets no jobs, if it does not}
  Optional<Instant> pausedUntil(String worker, Instant now) {
    return Optional.ofNullable(pauses.get(worker)).filter(until -> until.isAfter(now));
  }

  Map<String, Instant> pauses() {
    return pauses;
  }

  Map<String, MemoryEpoch> epochs() {
    return epochs;
  }

  static QueueException.Unavailable closed() {
    return new QueueException.Unavailable(
        "the queues are closed",
        Duration.ZERO,
        false,
        new IllegalStateException("used after close()"));
  }
}
