package tg.worker.process;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tg.outbox.NewerFormat;
import tg.outbox.Notes;
import tg.outbox.Task;
import tg.outbox.Typing;
import tg.queue.Job;
import tg.queue.JobHandler;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Queues;
import tg.text.Phrases;
import tg.worker.Answer;
import tg.worker.Progress;
import tg.worker.TaskHandler;
import tg.worker.UserError;

/// Runs the handler of a task and ends the task with what is to be said. Thread-safe.
final class TaskRunner implements JobHandler {
  private static final System.Logger LOG = System.getLogger("tg.worker");

  private final Queues queues;
  private final Handlers handlers;
  private final Phrases<Phrase> phrases;
  private final Endings endings;
  private final Room room;
  private final Attendances attendances;

  /// Where handlers run, and what they have there.
  ///
  /// @param processors where
  /// @param deadline for how long
  /// @param typing to show that they do
  /// @param incoming the files that people sent
  record Room(Processors processors, Duration deadline, Typing typing, Incoming incoming) {}

  TaskRunner(
      Queues queues, Handlers handlers, Phrases<Phrase> phrases, Endings endings, Room room) {
    this.queues = queues;
    this.handlers = handlers;
    this.phrases = phrases;
    this.endings = endings;
    this.room = room;
    this.attendances = new Attendances(queues, room.typing);
  }

  @Override
  public Outcome handle(Job job) throws Exception {
    try {
      return answered(job, where(Task.of(job)));
    } catch (NewerFormat e) {
      return e.putBack(job);
    }
  }

  private Outcome answered(Job job, Task asked) throws Exception {
    long start = System.nanoTime();
    var handler = handlers.forTask(asked);
    var voice = phrases.in(asked.user().language());
    try (var file = room.incoming.open(asked, handler.answersFiles(), voice, job);
        var progress = attendances.begin(asked, voice)) {
      var task = task(asked, job, file.file());
      var answer =
          room.processors.run(handler.computes(), () -> at(handler, task, progress), room.deadline);
      var took = Duration.ofNanos(System.nanoTime() - start);
      LOG.log(Level.DEBUG, handler.name() + " " + task.id() + " took " + took.toMillis() + " ms");
      // The answer may be the incoming file, which is deleted at the end of this block.
      return endings.done(asked, answer, took);
    } catch (UserError e) {
      return endings.refused(asked, String.valueOf(e.getMessage()));
    } catch (TimeoutException e) {
      LOG.log(Level.WARNING, handler.name() + " " + job.id() + " passed its deadline");
      return endings.stopped(asked, room.deadline);
    }
  }

  /// Libraries look for their services through the thread's class loader: it is the handler's.
  private static Answer at(TaskHandler handler, tg.worker.Task task, Progress progress)
      throws Exception {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(handler.getClass().getClassLoader());
    try {
      return handler.handle(task, progress);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /// A small group may have become a supergroup since the task was asked for.
  private Task where(Task asked) {
    long chat = asked.message().chat();
    return Notes.isSmallGroup(chat)
        ? new Notes(queues).movedTo(chat).map(asked::movedTo).orElse(asked)
        : asked;
  }

  private static tg.worker.Task task(Task asked, Job job, tg.worker.Task.@Nullable File file) {
    var user = asked.user();
    return new tg.worker.Task(
        asked.id().value(),
        new tg.worker.Task.User(user.id(), user.name(), Locale.forLanguageTag(user.language())),
        asked.command(),
        asked.text(),
        job.attempt(),
        file);
  }

  List<NewJob> exhausted(Job job, String reason) {
    LOG.log(Level.ERROR, "task " + job.id() + " failed for good: " + reason);
    return endings.exhausted(job, reason);
  }
}
