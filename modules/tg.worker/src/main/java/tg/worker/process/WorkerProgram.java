package tg.worker.process;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tg.api.Telegram;
import tg.outbox.Catalog;
import tg.outbox.FloodLimits;
import tg.outbox.Letter;
import tg.outbox.Notes;
import tg.outbox.Sender;
import tg.outbox.Task;
import tg.outbox.Typing;
import tg.process.Calls;
import tg.process.Program;
import tg.process.QueueVitals;
import tg.process.Settings;
import tg.queue.Queues;
import tg.queue.RetryPolicy;
import tg.queue.Worker;
import tg.worker.TaskHandler;
import tg.worker.handlers.Exec;

/// The worker process: does tasks and sends letters.
public final class WorkerProgram implements Program {
  private static final System.Logger LOG = System.getLogger("tg.worker");
  private static final int SENDING_AT_ONCE = 16;

  /// Called by the service loader.
  public WorkerProgram() {}

  @Override
  public String name() {
    return "worker";
  }

  @Override
  public Running start(Settings settings) {
    var work = settings.work();
    Optional<TaskHandler> exec =
        work.exec().isBlank() ? Optional.empty() : Optional.of(new Exec(work.exec()));
    var handlers = Handlers.find(exec, work.plugins());
    var calls = new Calls();
    var telegram = Telegram.connect(settings.telegram().api(), settings.telegram().token(), calls);
    var queues = settings.store().open();
    var processors = new Processors();
    var incoming = Incoming.in(work.files(), telegram);
    var phrases = Phrase.load();
    new Notes(queues).put(Catalog.NOTE, handlers.catalog(phrases.languages()).toJson());
    var typing = new Typing(telegram, settings.talk().drafts());
    var room = new TaskRunner.Room(processors, work.deadline(), typing, incoming);
    var runner =
        new TaskRunner(queues, handlers, phrases, new Endings(phrases, settings.talk()), room);
    var rates = settings.rates();
    new FloodLimits(rates.all(), rates.person(), rates.group()).hold(queues);
    var sender = Sender.start(queues, telegram, SENDING_AT_ONCE);
    var tasks =
        queues
            .worker(Task.QUEUE)
            .concurrency(work.concurrency())
            .groupLimit(work.perUser())
            .retry(
                RetryPolicy.exponential(
                    work.attempts(), Duration.ofSeconds(1), Duration.ofMinutes(5)))
            .onExhausted(runner::exhausted)
            .start(runner);
    LOG.log(
        Level.INFO,
        "worker for bot {0} on {1}: {2} tasks at once, handlers {3}",
        Long.toString(settings.telegram().token().botId()),
        queues.server(),
        Integer.toString(work.concurrency()),
        handlers.names());
    var workers = Map.of(Task.QUEUE, tasks, Letter.QUEUE, sender);
    var vitals = new WorkerVitals(new QueueVitals(queues, workers), calls);
    return new Parts(queues, telegram, room, tasks, sender, vitals);
  }

  private record Parts(
      Queues queues,
      Telegram telegram,
      TaskRunner.Room room,
      Worker tasks,
      Worker sender,
      WorkerVitals vitals)
      implements Running {

    /// First the tasks, because they end in letters; then the letters; then the connections.
    @Override
    public void stop(Duration deadline) {
      long end = System.nanoTime() + deadline.toNanos();
      boolean complete = tasks.drain(deadline);
      room.processors().close();
      room.incoming().close();
      var left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      sender.drain(left.plusSeconds(1));
      telegram.close();
      queues.close();
      LOG.log(
          Level.INFO,
          complete ? "all tasks were finished" : "unfinished tasks were given back to the queue");
    }

    @Override
    public void hurry() {
      tasks.drain(Duration.ZERO);
      sender.drain(Duration.ZERO);
    }
  }
}
