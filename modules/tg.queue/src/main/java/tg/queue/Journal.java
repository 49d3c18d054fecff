package tg.queue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the handler of one attempt writes while it runs: steps, progress, meta. Thread-safe.
final class Journal {
  private final Queues queues;
  private final Job job;
  private final String epoch;
  private final ProgressBoard board;
  private final long startNanos = System.nanoTime();
  private volatile boolean spoke;
  private @Nullable Map<String, Payload> steps;

  Journal(Queues queues, Job job, String epoch, ProgressBoard board) {
    this.queues = queues;
    this.job = job;
    this.epoch = epoch;
    this.board = board;
  }

  /// The epoch under which the job was claimed.
  String epoch() {
    return epoch;
  }

  private Notes notes() {
    return new Notes(queues, new NoteStore.Owner(job.queue(), job.id(), epoch, job.attempt()));
  }

  Meta meta() {
    return new Meta(notes());
  }

  Payload step(String name, Callable<Payload> work) throws Exception {
    Names.check("step", name);
    var known = steps().get(name);
    if (known != null) {
      return known;
    }
    var value = work.call();
    if (!notes().put(NoteStore.STEP + name, value)) {
      throw new QueueException.Stale(
          "step "
              + name
              + " of "
              + job.queue()
              + "/"
              + job.id()
              + " is not kept: attempt "
              + job.attempt()
              + " does not own the job any more");
    }
    steps().put(name, value);
    return value;
  }

  void progress(double fraction, String message) {
    spoke = true;
    board.post(notes().progress(fraction, message));
  }

  /// Keeps how the attempt failed, if it did.
  ///
  /// @param failure what its handler threw, if it did
  void chronicle(Session.Settlement end, @Nullable Throwable failure) {
    if (end.ending() instanceof Session.Ending.By(var outcome)) {
      var reason =
          switch (outcome) {
            case Outcome.Retry(var _, var why, var _) -> why;
            case Outcome.Failed(var why, var _) -> why;
            case Outcome.Done _, Outcome.Canceled _, Outcome.Snooze _, Outcome.Postpone _ -> null;
          };
      if (reason != null) {
        var worker = epoch.substring(0, epoch.lastIndexOf('.'));
        long took = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
        new Chronicle(notes()).add(job, worker, took, reason, failure);
      }
    }
  }

  /// Publishes what was not yet, because the attempt ends.
  void close() {
    if (spoke) {
      board.flush(job);
    }
  }

  /// A first attempt has none, so it need not ask.
  private synchronized Map<String, Payload> steps() {
    var known = steps;
    if (known == null) {
      known = new ConcurrentHashMap<>();
      if (job.attempt() > 1) {
        known.putAll(notes().read(NoteStore.STEP));
      }
      steps = known;
    }
    return known;
  }
}
