package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Queues in memory for the tests of applications: a clock that stands still until it is moved,
/// jobs that run when the test says so, on its own thread, and a look at what was enqueued. No
/// server, no thread, no waiting. The jobs follow the same rules as on a server: both pass the same
/// contract. Confined to one thread at a time.
///
/// ```java
/// try (var test = TestQueues.create()) {
///   signUp(test.queues(), "ann@example.org");               // enqueues a welcome for tomorrow
///   test.assertEnqueued("mail", job -> job.type().equals("welcome"));
///   test.advance(Duration.ofDays(1));
///   test.runAllDue("mail", new MailHandler());
/// }
/// ```
public final class TestQueues implements AutoCloseable {
  private static final int MOST_RUNS = 100_000;
  private static final Duration LEASE = Duration.ofDays(365);

  private final Clock clock = new Clock();
  private final Queues queues = Queues.inMemory(clock);
  private int workers;

  private static final class Clock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }
  }

  /// One run of a handler.
  ///
  /// @param job as the handler got it
  /// @param outcome what became of the attempt, retries included
  public record Run(Job job, Outcome outcome) {}

  private TestQueues() {}

  /// Opens empty queues, at the beginning of the year 2026.
  public static TestQueues create() {
    return new TestQueues();
  }

  /// {@return the queues, to be given to the code that is tested}
  public Queues queues() {
    return queues;
  }

  /// {@return the clock that stands for the server's}
  public InstantSource clock() {
    return clock;
  }

  /// Moves the clock. Nothing runs by that.
  ///
  /// @param by zero or more
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("the clock cannot go back by " + by.negated());
    }
    clock.now = clock.now.plus(by);
  }

  /// Runs all jobs of the queue that are due by the clock, one after the other on this thread, and
  /// the jobs that follow from them, until none is due. A job that failed runs again when its pause
  /// is over by the clock; the pauses are those of the default worker or of the job's own retries.
  ///
  /// @return what ran, in this order
  /// @throws IllegalStateException after 100,000 runs: the jobs follow from each other without end
  public List<Run> runAllDue(String queue, JobHandler handler) {
    return runAllDue(queues.worker(queue), handler);
  }

  /// As {@link #runAllDue(String, JobHandler)}, with the settings of a worker: its queues, retries,
  /// classifier and last words. Its concurrency and its time limits do not matter here.
  public List<Run> runAllDue(Worker.Builder worker, JobHandler handler) {
    var settings = worker.settings();
    var verdicts = new Verdicts(queues, settings);
    var board = new ProgressBoard(queues.store().parts().notes());
    var runs = new ArrayList<Run>();
    var id = "test-" + ++workers;
    try (var session =
        queues
            .store()
            .partitions()
            .getFirst()
            .session(new Store.Claims(id, settings.queues(), settings.groupLimit(), LEASE))) {
      var epoch = id + ".1";
      session.register(epoch);
      long number = 0;
      List<Session.Settlement> ended = List.of();
      while (true) {
        var reply = session.next(new Session.Step(epoch, ++number, ended, 1));
        if (!(reply instanceof Session.Reply.Applied applied) || applied.jobs().isEmpty()) {
          session.resign(epoch);
          return List.copyOf(runs);
        }
        if (runs.size() == MOST_RUNS) {
          throw new IllegalStateException("more than " + MOST_RUNS + " runs: jobs without end?");
        }
        var job = queues.seal().open(applied.jobs().getFirst());
        var journal = new Journal(queues, job, epoch, board);
        ended = List.of(run(new Trial(job, verdicts, journal), handler, runs));
      }
    }
  }

  private record Trial(Job job, Verdicts verdicts, Journal journal) {
    Outcome handle(JobHandler handler) throws Exception {
      try {
        return handler.handle(job.running(journal));
      } finally {
        journal.close();
      }
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever a handler throws is a failure of its job.
    Session.Settlement settle(JobHandler handler) {
      Throwable thrown = null;
      Session.Settlement settlement;
      try {
        settlement = verdicts.returned(job, handle(handler));
      } catch (Throwable failure) {
        thrown = failure;
        settlement = verdicts.threw(job, failure);
      }
      journal.chronicle(settlement, thrown);
      return settlement;
    }
  }

  private Session.Settlement run(Trial trial, JobHandler handler, List<Run> runs) {
    var unstarted = trial.verdicts.unstarted(trial.job, clock.instant());
    if (unstarted != null) {
      return unstarted;
    }
    var settlement = trial.settle(handler);
    if (settlement.ending() instanceof Session.Ending.By(var outcome)) {
      runs.add(new Run(trial.job, outcome));
    }
    return settlement;
  }

  /// {@return the jobs of the queue that have not ended: waiting, scheduled, deferred and running}
  public List<JobInfo> open(String queue) {
    var open = new ArrayList<JobInfo>();
    for (var registry :
        List.of(Registry.WAITING, Registry.SCHEDULED, Registry.DEFERRED, Registry.RUNNING)) {
      open.addAll(queues.queue(queue).list(registry, 0, 1_000));
    }
    return List.copyOf(open);
  }

  /// Checks that exactly one job of the queue that has not ended is as described.
  ///
  /// @return that job
  /// @throws AssertionError when none or several are; the message lists what there is
  public JobInfo assertEnqueued(String queue, Predicate<Job> expected) {
    var open = open(queue);
    var found = open.stream().filter(info -> expected.test(info.job())).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          found.size()
              + " jobs of queue "
              + queue
              + " are as expected, not one; there are "
              + words(open));
    }
    return found.getFirst();
  }

  /// Checks that the queue has no job that has not ended.
  ///
  /// @throws AssertionError when it has; the message lists them
  public void assertNothingOpen(String queue) {
    var open = open(queue);
    if (!open.isEmpty()) {
      throw new AssertionError("queue " + queue + " has jobs that have not ended: " + words(open));
    }
  }

  private static String words(List<JobInfo> jobs) {
    return jobs.stream()
        .map(info -> info.job().type() + " " + info.id() + " " + info.state())
        .toList()
        .toString();
  }

  @Override
  public void close() {
    queues.close();
  }
}
