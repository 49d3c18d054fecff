package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The work of a worker, in turns of its dispatcher: settles what has ended and claims what fits,
/// in one step after the other. While a step is under way others end; so steps grow with the load,
/// and a lone job waits for nothing. A worker has one for each partition. Thread-safe.
final class WorkerLoop implements Dispatcher.Work {
  private static final System.Logger LOG = System.getLogger("tg.queue");
  private static final int MOST_SETTLED = 1_000;
  private static final int MOST_CLAIMED = 1_000;

  private final Queues queues;
  private final WorkerSettings settings;
  private final JobHandler handler;
  private final String id;
  private final Verdicts verdicts;
  private final ProgressBoard board;
  private final Runnable forward;
  private final Slots.Seat seat;
  private final Session session;
  private final LeaseKeeper keeper;
  private final Waker waker;
  private final Reporter reporter;
  private final ServingOrder order;
  private final Draining draining = new Draining();
  private final Alarms alarms = new Alarms();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final AtomicInteger ending = new AtomicInteger();
  private final Map<Name, Attempt> attempts = new ConcurrentHashMap<>();
  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
  private final LongAdder refused = new LongAdder();
  private final Dispatcher dispatcher;
  private volatile long dueNanos = Long.MAX_VALUE;
  private int generation = 1;
  private int late;
  private String epoch;
  private long number;

  private record Name(String queue, JobId id) {}

  private record Ended(String epoch, Session.Settlement settlement) {}

  /// What the loops of one worker share.
  ///
  /// @param id the worker's
  /// @param settings what it was told
  /// @param slots its places for running jobs
  record Crew(Queues queues, String id, WorkerSettings settings, Slots slots, JobHandler handler) {}

  /// @param partition which one it serves
  WorkerLoop(Crew crew, int partition) {
    this.queues = crew.queues;
    var store = queues.store();
    var part = store.partitions().get(partition);
    this.settings = crew.settings;
    this.handler = queues.middlewares().around(crew.handler);
    this.id = crew.id;
    this.order = settings.order();
    this.seat = crew.slots.join();
    this.forward = () -> store.forward(partition);
    this.board = new ProgressBoard(part.parts().notes());
    this.verdicts = new Verdicts(queues, settings);
    this.session = part.session(settings.claims(id));
    this.epoch = id + "." + generation;
    this.dispatcher = new Dispatcher("tg.queue-worker-" + id, this);
    this.keeper = new LeaseKeeper(session, epoch, settings.lease(), this::cancel, dispatcher::poke);
    this.waker = new Waker(session, dispatcher::pokeAndHelp);
    this.reporter =
        new Reporter(part.parts().crew(), settings, keeper::epoch, this::drainFromOutside);
    seat.onRoom(dispatcher::poke);
  }

  void start() {
    session.register(epoch);
    dispatcher.start();
    keeper.start(id);
    waker.start(id);
    reporter.start(id);
  }

  int running() {
    return attempts.size();
  }

  /// See {@link Worker#refused}.
  long refused() {
    return refused.sum();
  }

  /// See {@link Worker#alive}.
  boolean alive() {
    return dispatcher.thread().isAlive() && keeper.alive() && waker.alive();
  }

  /// See {@link Worker#claiming}.
  boolean claiming() {
    return alive() && keeper.current() && !draining.asked();
  }

  /// See {@link Worker#abandoned}.
  int abandoned() {
    return abandoned.get();
  }

  private void drainFromOutside(Duration deadline) {
    beginDrain(deadline);
    var _ = awaitDrained();
  }

  /// See {@link Worker#drain}.
  void beginDrain(Duration deadline) {
    draining.begin(deadline);
    dispatcher.hurry();
  }

  boolean awaitDrained() {
    boolean stopped = draining.awaitEnd(dispatcher.thread());
    if (!stopped) {
      LOG.log(
          System.Logger.Level.WARNING,
          "worker {0} could not give back {1} jobs; they run again when its lease is over",
          id,
          attempts.size() + ended.size());
    }
    keeper.stop();
    waker.stop();
    reporter.stop();
    session.close();
    return stopped && draining.peaceful();
  }

  @Override
  public Dispatcher.Next turn(boolean asked) {
    var batch = batch();
    draining.advance(attempts.values(), this::giveUp);
    ring();
    if (draining.asked() && batch.isEmpty() && nothingLeft()) {
      return Dispatcher.Next.END;
    }
    if (batch.isEmpty() && !asked && System.nanoTime() - dueNanos < 0) {
      return Dispatcher.Next.REST;
    }
    step(batch, draining.asked() ? 0 : seat.reserve(MOST_CLAIMED));
    return Dispatcher.Next.TURN;
  }

  @Override
  public void over(@Nullable RuntimeException failure) {
    try {
      if (failure != null) {
        throw failure;
      }
      session.resign(epoch);
      LOG.log(System.Logger.Level.INFO, "worker {0} has drained", id);
    } catch (QueueException.Unavailable e) {
      LOG.log(System.Logger.Level.DEBUG, "the session is closed", e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "worker " + id + " stopped; restart it", e);
      session.close();
    } finally {
      seat.leave();
    }
  }

  /// In this order: what is in neither list is on its way from one to the other.
  private boolean nothingLeft() {
    return attempts.isEmpty() && ending.get() == 0 && ended.isEmpty();
  }

  private List<Session.Settlement> batch() {
    var batch = new ArrayList<Session.Settlement>();
    for (var end = ended.poll(); end != null; end = ended.poll()) {
      if (end.epoch.equals(epoch)) {
        batch.add(end.settlement);
      } else {
        refused(end.settlement.job());
        late++;
        dispatcher.pokeNext();
      }
      if (batch.size() == MOST_SETTLED) {
        break;
      }
    }
    if (late > 0) {
      session.refused(late);
      late = 0;
    }
    return batch;
  }

  private void step(List<Session.Settlement> batch, int want) {
    long start = System.nanoTime();
    switch (session.next(new Session.Step(epoch, ++number, batch, want, order.next()))) {
      case Session.Reply.Fenced fenced -> {
        var _ = seat.begin(0);
        beginAnew(batch);
      }
      case Session.Reply.Applied(var jobs, var stale, var hints) -> {
        queues.middlewares().settled(batch, stale);
        for (int position : stale) {
          refused(batch.get(position).job());
        }
        if (hints.are(Session.News.RENEWED)) {
          keeper.renewed(start);
        }
        if (hints.are(Session.News.EXPIRED)) {
          keeper.reapSoon();
        }
        if (hints.are(Session.News.PARCELS)) {
          forward.run();
        }
        cancel(hints.canceled());
        begin(jobs, hints.now());
        order.claimed(jobs, want);
        boolean paused = hints.are(Session.News.PAUSED);
        boolean room = !draining.asked() && !paused && seat.room();
        if (hints.more() && room) {
          dispatcher.pokeNext();
        } else {
          waker.arm(epoch, room);
        }
        var due = hints.due();
        boolean waits = room || paused;
        dueNanos = due == null || !waits ? Long.MAX_VALUE : System.nanoTime() + due.toNanos();
      }
    }
  }

  private void begin(List<Job> jobs, Instant now) {
    int may = seat.begin(jobs.size());
    jobs.subList(0, may).forEach(job -> begin(job, now));
    for (var job : jobs.subList(may, jobs.size())) {
      var unstarted = new Session.Ending.Returned(false);
      ended.add(new Ended(epoch, new Session.Settlement(job, unstarted, List.of())));
    }
  }

  private void begin(Job claimed, Instant now) {
    var job = queues.seal().open(claimed);
    var unstarted = verdicts.unstarted(job, now);
    if (unstarted != null) {
      seat.end();
      ended.add(new Ended(epoch, unstarted));
      return;
    }
    var attempt =
        new Attempt(job, new Journal(queues, job, epoch, board), handler, verdicts, this::end);
    attempts.put(new Name(job.queue(), job.id()), attempt);
    alarms.limit(attempt, verdicts.timeout(job), now);
    attempt.start();
  }

  /// Interrupts the attempts whose time is over, and leaves behind those that do not react to it.
  private void ring() {
    long now = System.nanoTime();
    for (var attempt = alarms.poll(now); attempt != null; attempt = alarms.poll(now)) {
      if (attempt.timeOut()) {
        alarms.set(attempt, settings.limits().grace());
      } else if (attempt.cutShort()) {
        abandon(attempt);
      }
    }
  }

  /// The handler goes on, but its slot is free, and what it says is no longer heard.
  private void abandon(Attempt attempt) {
    var job = attempt.job();
    if (attempts.remove(new Name(job.queue(), job.id()), attempt)) {
      if (attempt.abandon()) {
        abandoned.incrementAndGet();
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "job {0}/{1} did not react to its interruption within {2}; attempt {3} ends without it",
          job.queue(),
          job.id(),
          settings.limits().grace(),
          String.valueOf(job.attempt()));
      ending.incrementAndGet();
      seat.end();
      Thread.ofVirtual().start(() -> endWithout(attempt));
    }
  }

  private void endWithout(Attempt attempt) {
    ended.add(new Ended(attempt.epoch(), attempt.endUnheard(verdicts)));
    ending.decrementAndGet();
    dispatcher.wake();
  }

  private void end(Attempt attempt, Session.Settlement settlement) {
    reporter.count(settlement);
    alarms.clear(attempt);
    var job = attempt.job();
    boolean late = attempt.over();
    ending.incrementAndGet();
    if (attempts.remove(new Name(job.queue(), job.id()), attempt)) {
      if (!draining.leavesToTheEnd(settlement)) {
        ended.add(new Ended(attempt.epoch(), settlement));
      }
      seat.end();
    } else if (late) {
      abandoned.decrementAndGet();
      refused(job);
    }
    ending.decrementAndGet();
    dispatcher.wake();
  }

  /// The lease was lost: what runs is somebody else's now.
  private void beginAnew(List<Session.Settlement> batch) {
    LOG.log(
        System.Logger.Level.WARNING,
        "worker {0} was away for too long and lost its lease; {1} jobs run elsewhere",
        id,
        attempts.size() + batch.size());
    batch.forEach(settlement -> refused(settlement.job()));
    late += batch.size();
    attempts.values().forEach(Attempt::lose);
    epoch = id + "." + ++generation;
    number = 0;
    session.register(epoch);
    keeper.keep(epoch);
    dispatcher.pokeNext();
  }

  private void refused(Job job) {
    refused.increment();
    LOG.log(
        System.Logger.Level.WARNING,
        "job {0}/{1}: the outcome of attempt {2} came too late and was refused",
        job.queue(),
        job.id(),
        String.valueOf(job.attempt()));
  }

  private void cancel(List<Session.Canceled> requests) {
    for (var request : requests) {
      var attempt = attempts.get(new Name(request.queue(), request.id()));
      if (attempt != null && attempt.job().attempt() == request.attempt() && attempt.cancel()) {
        alarms.set(attempt, settings.limits().grace());
        dispatcher.wake();
      }
    }
  }

  /// A handler does not react: its job goes back without it, when the epoch ends.
  private void giveUp(Attempt attempt) {
    attempt.lose();
    var job = attempt.job();
    if (attempts.remove(new Name(job.queue(), job.id()), attempt)) {
      seat.end();
    }
  }

  @Override
  public long restNanos() {
    if (!ended.isEmpty() || (draining.asked() && nothingLeft())) {
      return 0;
    }
    long now = System.nanoTime();
    long due = dueNanos == Long.MAX_VALUE ? Long.MAX_VALUE : dueNanos - now;
    return Math.min(due, Math.min(draining.nextNanos(now), alarms.nextNanos(now)));
  }
}
