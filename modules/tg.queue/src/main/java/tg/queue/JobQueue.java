package tg.queue;

import java.util.List;
import java.util.Optional;

/// One queue of a namespace, to look into and to act on. Thread-safe. Reading never changes
/// anything.
public final class JobQueue {
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

  /// {@return the job, wherever it is, or empty when it is not known (any more)}
  public Optional<JobInfo> find(JobId id) {
    return store.find(name, id);
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
    return store.list(name, registry, offset, limit);
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

  /// {@return what the job's handler said last of its progress; readable as long as the job}
  public Optional<Progress> progress(JobId id) {
    return Notes.outside(queues, name, id).progress();
  }

  /// {@return the texts beside the job, to be read and written from outside}
  public Meta meta(JobId id) {
    return new Meta(Notes.outside(queues, name, id));
  }
}
