package tg.queue;

import java.util.List;
import java.util.function.BiConsumer;

/// One run of a handler, on a virtual thread of its own. Thread-safe.
final class Attempt {
  private final Job job;
  private final Journal journal;
  private final Thread thread;
  private volatile Fate fate = Fate.RUNNING;

  /// What has been decided about an attempt from outside.
  private enum Fate {
    RUNNING,
    CANCELED,
    GIVEN_BACK,
    LOST
  }

  Attempt(
      Job job,
      Journal journal,
      JobHandler handler,
      Verdicts verdicts,
      BiConsumer<Attempt, Session.Settlement> end) {
    this.job = job;
    this.journal = journal;
    this.thread =
        Thread.ofVirtual()
            .name(job.type() + " " + job.id().value())
            .inheritInheritableThreadLocals(false)
            .unstarted(() -> end.accept(this, run(handler, verdicts)));
  }

  void start() {
    thread.start();
  }

  Job job() {
    return job;
  }

  /// The epoch under which it was claimed.
  String epoch() {
    return journal.epoch();
  }

  /// Somebody asked for its cancellation.
  void cancel() {
    interrupt(Fate.CANCELED);
  }

  /// A drain has passed its deadline.
  void giveBack() {
    interrupt(Fate.GIVEN_BACK);
  }

  /// The job belongs to somebody else now.
  void lose() {
    interrupt(Fate.LOST);
  }

  private synchronized void interrupt(Fate value) {
    if (fate == Fate.RUNNING || value == Fate.LOST) {
      fate = value;
      thread.interrupt();
    }
  }

  private Session.Settlement givenBack() {
    return new Session.Settlement(job, new Session.Ending.Returned(true), List.of());
  }

  private Outcome handle(JobHandler handler) throws Exception {
    try {
      return handler.handle(job.running(journal));
    } finally {
      journal.close();
    }
  }

  @SuppressWarnings("CatchingUnchecked") // Whatever a handler throws is a failure of its job.
  private Session.Settlement run(JobHandler handler, Verdicts verdicts) {
    try {
      return verdicts.returned(job, handle(handler));
    } catch (Throwable failure) {
      return switch (fate) {
        case RUNNING -> verdicts.threw(job, failure);
        case CANCELED ->
            new Session.Settlement(job, new Session.Ending.By(Outcome.canceled()), List.of());
        case GIVEN_BACK, LOST -> givenBack();
      };
    }
  }
}
