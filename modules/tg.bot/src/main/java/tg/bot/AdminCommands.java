package tg.bot;

import java.util.ArrayList;
import tg.outbox.Command;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.queue.JobId;
import tg.queue.JobState;
import tg.queue.Queues;
import tg.queue.Registry;
import tg.queue.Selection;
import tg.text.Voice;

/// What the bot's admins can ask in the chat. Thread-safe.
///
/// @param queues what they look after
record AdminCommands(Queues queues) {
  private static final int SHOWN = 10;
  private static final int LINE = 200;

  boolean knows(Command command) {
    return switch (command.name()) {
      case "queue", "workers", "failed", "retry", "pause", "resume" -> true;
      default -> false;
    };
  }

  String answer(Command command, Voice<Phrase> voice) {
    return switch (command.name()) {
      case "queue" -> queue(voice);
      case "workers" -> new Crew(queues.workers().list()).inWords(voice);
      case "failed" -> failed(command.rest().strip(), voice);
      case "retry" -> retry(command.rest().strip(), voice);
      case "pause" -> {
        queues.queue(Task.QUEUE).pause();
        yield voice.say(Phrase.PAUSED);
      }
      case "resume" -> {
        queues.queue(Task.QUEUE).resume();
        yield voice.say(Phrase.RESUMED);
      }
      default -> throw new IllegalArgumentException(command.name());
    };
  }

  private String queue(Voice<Phrase> voice) {
    var tasks = queues.queue(Task.QUEUE);
    var counts = tasks.counts();
    var letters = queues.queue(Letter.QUEUE).counts();
    var lines = new ArrayList<String>();
    lines.add(
        voice.say(
            Phrase.QUEUE_TASKS,
            counts.running(),
            counts.waiting(),
            counts.scheduled(),
            counts.failed()));
    if (counts.waiting() > 0) {
      long seconds = tasks.figures().oldestWaiting().toSeconds();
      lines.add(voice.say(Phrase.QUEUE_OLDEST, seconds));
    }
    var crew = new Crew(queues.workers().list());
    lines.add(
        voice.say(Phrase.QUEUE_RATES, crew.perSecond(Task.QUEUE), crew.perSecond(Letter.QUEUE)));
    lines.add(
        voice.say(Phrase.QUEUE_OUTBOX, letters.waiting() + letters.scheduled(), letters.failed()));
    lines.add(voice.say(Phrase.QUEUE_DEAD, queues.queue(DeadUpdates.QUEUE).counts().failed()));
    return String.join("\n", lines);
  }

  private String failed(String which, Voice<Phrase> voice) {
    var tasks = queues.queue(Task.QUEUE);
    int pages = (int) ((tasks.counts().failed() + SHOWN - 1) / SHOWN);
    int page = which.matches("[1-9]\\d{0,5}") ? Integer.parseInt(which) : 1;
    var lines = new ArrayList<String>();
    for (var info : tasks.list(Registry.FAILED, (page - 1) * SHOWN, SHOWN)) {
      if (info.state() instanceof JobState.Failed(_, var reason)) {
        var line = reason.lines().findFirst().orElse("");
        lines.add(info.id() + "\n" + (line.length() > LINE ? line.substring(0, LINE) + "…" : line));
      }
    }
    if (lines.isEmpty() && page == 1) {
      return voice.say(Phrase.FAILED_NONE);
    }
    if (pages > 1) {
      lines.add(voice.say(Phrase.FAILED_PAGE, page, pages));
    }
    lines.add(voice.say(Phrase.FAILED_HOW));
    return String.join("\n\n", lines);
  }

  private String retry(String which, Voice<Phrase> voice) {
    var tasks = queues.queue(Task.QUEUE);
    if (which.equals("all")) {
      long again = tasks.requeueAll(Selection.in(Registry.FAILED));
      return voice.count(Phrase.RETRIED, again);
    }
    JobId id;
    try {
      id = new JobId(which);
    } catch (IllegalArgumentException e) {
      return voice.say(Phrase.RETRY_HOW);
    }
    boolean failed =
        tasks.find(id).filter(info -> info.state() instanceof JobState.Failed).isPresent();
    return failed && tasks.requeue(id)
        ? voice.count(Phrase.RETRIED, 1)
        : voice.say(Phrase.RETRY_UNKNOWN, which);
  }
}
