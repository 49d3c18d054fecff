package tg.bot;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import tg.outbox.Command;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.queue.JobId;
import tg.queue.JobState;
import tg.queue.Queues;
import tg.queue.Registry;
import tg.text.Voice;

/// What the bot's admins can ask in the chat. Thread-safe.
///
/// @param queues what they look after
record AdminCommands(Queues queues) {
  private static final int SHOWN = 10;
  private static final int LINE = 200;
  private static final int PAGE = 1000;

  boolean knows(Command command) {
    return switch (command.name()) {
      case "queue", "failed", "retry", "pause", "resume" -> true;
      default -> false;
    };
  }

  String answer(Command command, Voice<Phrase> voice) {
    return switch (command.name()) {
      case "queue" -> queue(voice);
      case "failed" -> failed(voice);
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
    for (var oldest : tasks.list(Registry.WAITING, 0, 1)) {
      var age = Duration.between(oldest.job().enqueuedAt(), InstantSource.system().instant());
      lines.add(voice.say(Phrase.QUEUE_OLDEST, Math.max(0, age.toSeconds())));
    }
    lines.add(
        voice.say(Phrase.QUEUE_OUTBOX, letters.waiting() + letters.scheduled(), letters.failed()));
    lines.add(voice.say(Phrase.QUEUE_DEAD, queues.queue(DeadUpdates.QUEUE).counts().failed()));
    return String.join("\n", lines);
  }

  private String failed(Voice<Phrase> voice) {
    var lines = new ArrayList<String>();
    for (var info : queues.queue(Task.QUEUE).list(Registry.FAILED, 0, SHOWN)) {
      if (info.state() instanceof JobState.Failed(_, var reason)) {
        var line = reason.lines().findFirst().orElse("");
        lines.add(info.id() + "\n" + (line.length() > LINE ? line.substring(0, LINE) + "…" : line));
      }
    }
    if (lines.isEmpty()) {
      return voice.say(Phrase.FAILED_NONE);
    }
    lines.add(voice.say(Phrase.FAILED_HOW));
    return String.join("\n\n", lines);
  }

  private String retry(String which, Voice<Phrase> voice) {
    var tasks = queues.queue(Task.QUEUE);
    if (which.equals("all")) {
      long again =
          tasks.list(Registry.FAILED, 0, PAGE).stream()
              .filter(info -> tasks.requeue(info.id()))
              .count();
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
