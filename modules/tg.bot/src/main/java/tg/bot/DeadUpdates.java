package tg.bot;

import java.lang.System.Logger.Level;
import java.time.Duration;
import tg.api.Update;
import tg.queue.Job;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.Queues;
import tg.queue.Worker;

/// Keeps updates that could not be read where somebody sees them: in the failed registry of the
/// queue `updates`, with their raw text, for a month. They are confirmed and do not stall the
/// others.
final class DeadUpdates {
  private static final System.Logger LOG = System.getLogger("tg.bot");
  static final String QUEUE = "updates";
  private static final Duration KEPT = Duration.ofDays(30);

  private DeadUpdates() {}

  static NewJob job(Update.Unreadable update) {
    return NewJob.of(QUEUE, "unreadable", Payload.of(update.reason() + "\n" + update.raw()))
        .keep(KEPT);
  }

  static Worker start(Queues queues) {
    return queues.worker(QUEUE).concurrency(1).start(DeadUpdates::bury);
  }

  private static Outcome bury(Job job) {
    var reason = job.payload().text().lines().findFirst().orElse("unreadable");
    LOG.log(
        Level.WARNING, "an update could not be read and is kept as " + job.id() + ": " + reason);
    return Outcome.failed(reason);
  }
}
