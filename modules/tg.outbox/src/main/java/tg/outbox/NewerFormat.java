package tg.outbox;

import java.lang.System.Logger.Level;
import java.time.Duration;
import tg.queue.Job;
import tg.queue.Outcome;

/// A job whose payload has a newer format than this release reads: while processes are upgraded,
/// old and new ones share the queues. It is put back for a newer process and never failed.
public final class NewerFormat extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger("tg.outbox");
  private static final Duration WAIT = Duration.ofSeconds(5);

  NewerFormat(int found, int known) {
    super(
        "this job has format version "
            + found
            + " and this program reads up to "
            + known
            + ": it waits for a newer program; upgrade this one");
  }

  /// {@return the job's way back to the head of its lane, which rests for five seconds, so that
  /// order is kept}
  public Outcome putBack(Job job) {
    LOG.log(Level.WARNING, job.queue() + "/" + job.id() + ": " + getMessage());
    return Outcome.postpone(WAIT, String.valueOf(getMessage()));
  }
}
