package tg.queue;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One run of a handler, on a virtual thread of its own. Thread-safe.
final class Attempt {
  private final Job job;
  private final Journal journal;
  private final Thread thread;
  private volatile Fate fate = Fate.RUNNING;
  private boolean abandoned;
  private boolean over;
  private boolean expires;

  /// What has been decided about an attempt from outside.
  private enum Fate {
    RUNNING,
    CANCELED,
    TIMED_OUT,
    EXPIRED,
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

  /// Says, before the start, that its time limit is the job's deadline and not the attempt's.
  void expires() {
    expires = true;
  }

  Job job() {
    return job;
  }

  /// The epoch under which it was claimed.
  String epoch() {
    return journal.epoch();
  }

  /// Somebody asked for its cancellation.
  ///
  /// @return whether it was interrupted for that
  boolean cancel() {
    return interrupt(Fate.CANCELED);
  }

  /// Its time limit is reached.
  ///
  /// @return whether it was interrupted for that
  boolean timeOut() {
    return interrupt(expires ? Fate.EXPIRED : Fate.TIMED_OUT);
  }

  /// {@return whether it was interrupted by a cancellation or a time limit, so that its job need
  /// not wait for the handler}
  boolean cutShort() {
    return switch (fate) {
      case CANCELED, TIMED_OUT, EXPIRED -> true;
      case RUNNING, GIVEN_BACK, LOST -> false;
    };
  }

  /// A drain has passed its deadline.
  void giveBack() {
    interrupt(Fate.GIVEN_BACK);
  }

  /// The job belongs to somebody else now.
  void lose() {
    interrupt(Fate.LOST);
  }

  /// Its slot is free; nobody waits for it.
  ///
  /// @return whether its handler still runs
  synchronized boolean abandon() {
    abandoned = true;
    return !over;
  }

  /// Its handler has come to an end.
  ///
  /// @return whether nobody waited for that any more
  synchronized boolean over() {
    over = true;
    return abandoned;
  }

  private synchronized boolean interrupt(Fate value) {
    if (fate == Fate.RUNNING || value == Fate.LOST) {
      fate = value;
      thread.interrupt();
      return true;
    }
    return false;
  }

  /// {@return how it ends when its handler ignored its interruption}
  Session.Settlement endUnheard(Verdicts verdicts) {
    var silence = new IllegalStateException("the handler ignored its interruption");
    return chronicled(end(verdicts, silence), silence);
  }

  private Session.Settlement end(Verdicts verdicts, Throwable failure) {
    return switch (fate) {
      case RUNNING -> verdicts.threw(job, failure);
      case CANCELED -> verdicts.canceled(job);
      case TIMED_OUT -> verdicts.timedOut(job, failure);
      case EXPIRED -> verdicts.expired(job, "its deadline passed while it ran");
      case GIVEN_BACK, LOST ->
          new Session.Settlement(job, new Session.Ending.Returned(true), List.of());
    };
  }

  private Outcome handle(JobHandler handler) throws Exception {
    try {
      job.payload().open();
      return handler.handle(job.running(journal));
    } finally {
      journal.close();
    }
  }

  @SuppressWarnings("CatchingUnchecked") // Whatever a handler throws is a failure of its job.
  private Session.Settlement run(JobHandler handler, Verdicts verdicts) {
    try {
      return chronicled(verdicts.returned(job, handle(handler)), null);
    } catch (Throwable failure) {
      return chronicled(end(verdicts, failure), failure);
    }
  }

  /// An interruption was for the handler.
  private Session.Settlement chronicled(
      Session.Settlement settlement, @Nullable Throwable failure) {
    var _ = Thread.interrupted();
    journal.chronicle(settlement, failure);
    return settlement;
  }
}
