package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One queue of a namespace, to look into and to act on. Thread-safe. Reading never changes
/// anything.
public final class JobQueue {
  private static final Duration A_WHILE = Duration.ofMillis(500);

  private final Queues queues;
  private final Store store;
  private final String name;

  JobQueue(Queues queues, String name) {
    this.queues = queues;
    this.store = queues.store();
    this.name = Names.check("queue", name);
  }

  /// {@return the queue's name}
  public String name() {
    return name;
  }

  /// {@return how many jobs are in each registry}
  public Counts counts() {
    return store.counts(name);
  }

  /// {@return how many jobs of one group wait or run; the other numbers are zero}
  public Counts counts(String group) {
    return store.counts(name, Names.checkTagged("group", group));
  }

  /// {@return totals, workers and age, for whoever watches the queue}
  public Figures figures() {
    return store.figures(name);
  }

  /// Compares what the queue keeps for speed (which groups take turns, how many jobs of each run,
  /// where each job is) with the jobs themselves, and reports what does not fit. For operators,
  /// after a disaster or a repair by hand, and for tests: a difference is a defect, and nothing
  /// here mends it.
  ///
  /// Changes nothing, and may be called while the queue is busy: it looks in many small steps, and
  /// reports what was wrong in three looks. Its time, and the memory that it takes here, grow with
  /// the jobs that wait.
  public Verification verify() {
    return store.verify(name);
  }

  /// {@return the job, wherever it is, or empty when it is not known (any more)}
  public Optional<JobInfo> find(JobId id) {
    return store.find(name, id).map(info -> info.opened(queues.seal()));
  }

  /// {@return a page of a registry: waiting jobs in the order they may start, scheduled ones by due
  /// time, running and ended ones in no particular order}
  ///
  /// @param offset how many to skip, 0 or more
  /// @param limit how many at most, 1 to 1,000
  public List<JobInfo> list(Registry registry, int offset, int limit) {
    if (offset < 0 || limit < 1 || limit > 1000) {
      throw new IllegalArgumentException(
          "offset " + offset + " must be 0 or more, limit " + limit + " must be 1 to 1000");
    }
    return store.list(name, registry, offset, limit).stream()
        .map(info -> info.opened(queues.seal()))
        .toList();
  }

  /// {@return a part of the jobs that are selected, read in small steps}
  ///
  /// A job that is among them all the time is found, and seldom twice; of those that come and go
  /// some are. What does not fit is read, too, so ask for a group or a type of a long registry with
  /// care; a call ends after some thousands, and its page may then be short, or empty, and say
  /// where to go on.
  ///
  /// @param from empty for the first page, then {@link Page#next()} of the one before
  /// @param limit about how many, 1 to 1,000; as a page ends between two steps, it may have some
  ///   more
  /// @throws IllegalArgumentException when the text is not what a page said is next
  public Page page(Selection which, String from, int limit) {
    Settings.between("limit", limit, 1, 1_000);
    var page = sweeper(SweepStore.Deed.SHOW, which).page(from, limit);
    return new Page(
        page.jobs().stream().map(info -> info.opened(queues.seal())).toList(), page.next());
  }

  /// {@return how many jobs are selected, counted in small steps; about as many, if jobs come and
  /// go meanwhile}
  public long count(Selection which) {
    return sweeper(SweepStore.Deed.COUNT, which).through();
  }

  /// Cancels the jobs that are selected, in small steps of which none holds up the server; one that
  /// runs is asked to stop. Jobs that come to be selected while it works may be canceled or not.
  ///
  /// When it throws, some are canceled: call it again.
  ///
  /// @param which jobs that have not ended; of given ids those that have ended are passed over
  /// @return how many were canceled or asked to stop
  public long cancelAll(Selection which) {
    return sweeper(SweepStore.Deed.CANCEL, which.only(false, "canceled")).through();
  }

  /// Puts ended jobs back to waiting, as {@link #requeue} does, in small steps.
  ///
  /// @param which jobs that have ended; of given ids the others are passed over
  /// @return how many
  public long requeueAll(Selection which) {
    return sweeper(SweepStore.Deed.REQUEUE, which.only(true, "requeued")).through();
  }

  /// Forgets ended jobs, in small steps.
  ///
  /// @param which jobs that have ended; of given ids the others are passed over
  /// @return how many
  public long deleteAll(Selection which) {
    return sweeper(SweepStore.Deed.DELETE, which.only(true, "deleted")).through();
  }

  private Sweeper sweeper(SweepStore.Deed deed, Selection which) {
    return new Sweeper(store.parts().sweeps(), new SweepStore.Sweep(name, deed, which));
  }

  /// Waits until the job has ended, by blocking; cheap on a virtual thread, thousands of which wait
  /// over one connection. Goes on waiting through a break of the connection.
  ///
  /// @param atMost how long, by this process's clock
  /// @return the job at its end; empty when it has not ended in time, or is not known (any more):
  ///   {@link #find} tells which
  /// @throws QueueException.Unavailable when the queues are closed
  /// @throws InterruptedException when the thread is interrupted
  public Optional<JobInfo> await(JobId id, Duration atMost) throws InterruptedException {
    long start = System.nanoTime();
    var job = new JobRef(name, id);
    var left = atMost;
    do {
      try {
        if (!store.await(job, left)) {
          return Optional.empty();
        }
        var found = find(id);
        if (found.isEmpty() || found.get().state().ended()) {
          return found;
        }
      } catch (QueueException.Unavailable e) {
        // The server may come back in time; queues that are closed do not.
        if (e.waited().compareTo(A_WHILE) < 0) {
          throw e;
        }
      }
      left = atMost.minusNanos(System.nanoTime() - start);
    } while (left.isPositive());
    return Optional.empty();
  }

  /// Cancels a job in any state.
  public Cancellation cancel(JobId id) {
    return store.cancel(name, id);
  }

  /// Puts an ended job (finished, failed or canceled) back to waiting, with its budgets of failures
  /// and crashes reset.
  ///
  /// @return whether it was there
  public boolean requeue(JobId id) {
    return store.requeue(name, id);
  }

  /// Forgets an ended job.
  ///
  /// @return whether it was there
  public boolean delete(JobId id) {
    return store.delete(name, id);
  }

  /// Sets what the queue may do, for all workers, from their next claim on. See also {@link
  /// #limit(String, GroupLimits)}.
  public void limit(QueueLimits limits) {
    store.parts().rules().limit(name, limits);
  }

  /// {@return what the queue may do}
  public QueueLimits limits() {
    return store.parts().rules().limits(name);
  }

  /// Sets what one group may do, or all groups whose names begin alike, instead of {@link
  /// QueueLimits#eachGroup()}.
  ///
  /// @param groups the name of a group; or the beginning of names and a star, such as `chat:*`, of
  ///   which the longest counts
  public void limit(String groups, GroupLimits limits) {
    store.parts().rules().limit(name, pattern(groups), limits);
  }

  /// Forgets what was set for these groups: they are like each group again.
  public void unlimit(String groups) {
    store.parts().rules().limit(name, pattern(groups), null);
  }

  /// {@return what was set for single groups, by name or by beginning and star}
  public Map<String, GroupLimits> groupLimits() {
    return store.parts().rules().groupLimits(name);
  }

  private static String pattern(String groups) {
    var start = groups.endsWith("*") ? groups.substring(0, groups.length() - 1) : groups;
    if (!start.isEmpty() || !groups.equals("*")) {
      Names.check("group", start);
    }
    return groups;
  }

  /// Lets nothing of the queue start until it is resumed; what runs goes on. Durable; holds from
  /// the next claim on.
  public void pause() {
    store.parts().rules().close(name, "", null);
  }

  /// Lets nothing of the queue start for a time.
  ///
  /// @param time 1 millisecond to 365 days
  public void pause(Duration time) {
    store.parts().rules().close(name, "", pausing(time));
  }

  /// Lets jobs of the queue start again.
  public void resume() {
    store.parts().rules().open(name, "");
  }

  /// Lets nothing of a group start until it is resumed.
  public void pause(String group) {
    store.parts().rules().close(name, Names.check("group", group), null);
  }

  /// Lets nothing of a group start for a time; a later end that was set before stays.
  ///
  /// @param time 1 millisecond to 365 days
  public void pause(String group, Duration time) {
    store.parts().rules().close(name, Names.check("group", group), pausing(time));
  }

  /// Lets jobs of a group start again, whatever closed it: a pause, a postponed job or its rate.
  public void resume(String group) {
    store.parts().rules().open(name, Names.check("group", group));
  }

  /// {@return until when nothing of the queue starts, because of a pause or its rate; {@link
  /// Instant#MAX} until it is resumed}
  public Optional<Instant> closedUntil() {
    return store.parts().rules().closedUntil(name, "");
  }

  /// {@return until when nothing of the group starts, because of a pause, a job or its rate}
  public Optional<Instant> closedUntil(String group) {
    return store.parts().rules().closedUntil(name, Names.check("group", group));
  }

  private static Duration pausing(Duration time) {
    return Settings.within("pause", time, Duration.ofMillis(1), Duration.ofDays(365));
  }

  /// {@return what the job's handler said last of its progress; readable as long as the job}
  public Optional<Progress> progress(JobId id) {
    return Notes.outside(queues, name, id).progress();
  }

  /// {@return how the attempts of the job failed, the oldest first, of the latest ten that did;
  /// readable as long as the job} An attempt whose worker died is not among them ({@link
  /// Job.Tries#crashes}).
  public List<FailedAttempt> failures(JobId id) {
    return new Chronicle(Notes.outside(queues, name, id)).failures();
  }

  /// {@return where the last failure of the job came from, up to 4,096 characters, if something was
  /// thrown; readable as long as the job}
  ///
  /// @throws QueueException.Sealed when it is encrypted with a key that is missing here
  public Optional<String> trace(JobId id) {
    return new Chronicle(Notes.outside(queues, name, id)).trace();
  }

  /// {@return the texts beside the job, to be read and written from outside}
  public Meta meta(JobId id) {
    return new Meta(Notes.outside(queues, name, id));
  }

  /// {@return jobs that have been running for at least that long, the longest first: those that are
  /// stuck, perhaps}
  ///
  /// @param limit how many at most, 1 to 1,000
  public List<JobInfo> runningFor(Duration time, int limit) {
    Settings.between("limit", limit, 1, 1000);
    return store.parts().crew().overdue(name, time, limit).stream()
        .map(info -> info.opened(queues.seal()))
        .toList();
  }
}
