package tg.worker.process;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import tg.api.Call;
import tg.outbox.Letter;
import tg.outbox.NewerFormat;
import tg.queue.Job;
import tg.queue.JobHandler;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.Queues;
import tg.worker.Answer;
import tg.worker.Task;
import tg.worker.UserError;

/// Runs the handler of a task and turns its answer into letters, in the same atomic step that ends
/// the task. So no task is ended without its answer on the way, and none is answered twice.
/// Thread-safe.
final class TaskRunner implements JobHandler {
  private static final System.Logger LOG = System.getLogger("tg.worker");

  private final Queues queues;
  private final Handlers handlers;
  private final Processors processors;
  private final Duration deadline;

  TaskRunner(Queues queues, Handlers handlers, Processors processors, Duration deadline) {
    this.queues = queues;
    this.handlers = handlers;
    this.processors = processors;
    this.deadline = deadline;
  }

  @Override
  public Outcome handle(Job job) throws Exception {
    try {
      return answered(job, tg.outbox.Task.of(job));
    } catch (NewerFormat e) {
      return e.putBack(job);
    }
  }

  private Outcome answered(Job job, tg.outbox.Task asked) throws Exception {
    long start = System.nanoTime();
    var task =
        new Task(
            asked.id().value(),
            new Task.User(
                asked.user().id(),
                asked.user().name(),
                Locale.forLanguageTag(asked.user().language())),
            asked.command(),
            asked.text(),
            job.attempt());
    var handler = handlers.forTask(task);
    var progress = new ProgressLetters(queues, asked);
    try {
      var answer =
          processors.run(handler.computes(), () -> handler.handle(task, progress), deadline);
      var took = Duration.ofNanos(System.nanoTime() - start);
      LOG.log(Level.DEBUG, handler.name() + " " + task.id() + " took " + took.toMillis() + " ms");
      return ending(Outcome.done(Payload.of(answer.text())), asked, answer)
          .then(progress.last("✓ Done in " + words(took)).toJob());
    } catch (UserError e) {
      var reason = String.valueOf(e.getMessage());
      return ending(Outcome.failed(reason), asked, Answer.text(reason))
          .then(progress.last("✗ Not done").toJob());
    } catch (TimeoutException e) {
      var reason = "This took longer than " + words(deadline) + " and was stopped.";
      LOG.log(Level.WARNING, handler.name() + " " + task.id() + " passed its deadline");
      return ending(Outcome.failed(reason), asked, Answer.text(reason))
          .then(progress.last("✗ Stopped").toJob());
    }
  }

  /// What is said when a task has failed for good, or has killed too many workers.
  static List<NewJob> exhausted(Job job, String reason) {
    var asked = tg.outbox.Task.of(job);
    LOG.log(Level.ERROR, "task " + job.id() + " failed for good: " + reason);
    var text = Call.Text.plain("Sorry, this did not work: " + firstLine(reason));
    var last =
        new Letter.Progress(
            asked.id(), asked.message().chat(), Call.Text.plain("✗ Failed"), List.of(), true);
    return List.of(Letter.answer(asked.message(), text).toJob(), last.toJob());
  }

  private static Outcome ending(Outcome outcome, tg.outbox.Task asked, Answer answer) {
    var letters = new ArrayList<Letter>();
    if (answer.html()) {
      letters.add(Letter.answer(asked.message(), Call.Text.html(answer.text())));
    } else {
      for (var part : Parts.of(answer.text())) {
        letters.add(Letter.answer(asked.message(), Call.Text.plain(part)));
      }
    }
    for (var letter : letters) {
      outcome = outcome.then(letter.toJob());
    }
    return outcome;
  }

  private static String words(Duration duration) {
    long millis = duration.toMillis();
    return millis < 10_000
        ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
        : duration.toSeconds() + " s";
  }

  private static String firstLine(String text) {
    var line = text.lines().findFirst().orElse("unknown reason");
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }
}
