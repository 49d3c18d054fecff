package tg.bot;

import java.util.List;
import tg.api.Call;
import tg.api.Message;
import tg.api.Update;
import tg.api.User;
import tg.outbox.Command;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.queue.NewJob;
import tg.queue.Queues;

/// Decides what a message asks for: a command of the bot itself, a task for a worker, or nothing.
/// Thread-safe.
final class Requests {
  private final Queues queues;
  private final Identity identity;

  Requests(Queues queues, Identity identity) {
    this.queues = queues;
    this.identity = identity;
  }

  /// {@return the jobs that a message asks for; may be none}
  List<NewJob> of(Update.NewMessage update) {
    var message = update.message();
    var from = message.from();
    if (from == null || from.bot()) {
      return List.of();
    }
    var command = Command.of(message.text(), identity.name());
    // In a group people talk to each other; only a command is for the bot.
    if (message.chat().isGroup() && command.name().isEmpty()) {
      return List.of();
    }
    return switch (command.name()) {
      case "start" -> List.of(say(message, Words.greeting(from.name())));
      case "help" -> List.of(say(message, Words.HELP));
      case "status" -> List.of(say(message, status(message, from)));
      case "" ->
          message.text().isBlank() ? List.of(say(message, Words.ONLY_TEXT)) : task(update, from);
      default -> task(update, from);
    };
  }

  private List<NewJob> task(Update.NewMessage update, User from) {
    var message = update.message();
    var asker = new Task.Asker(from.id(), from.name(), from.language());
    var task = Task.of(Task.idFor(identity.id(), update.id()), message, asker, identity.name());
    var ack =
        new Letter.Acknowledgement(
            task.id(),
            Call.Target.replyTo(message.ref()),
            Call.Text.plain(Words.ACKNOWLEDGED),
            List.of());
    // The acknowledgement goes first into the lane of the chat, so that it is said first.
    return List.of(ack.toJob(), task.toJob());
  }

  private String status(Message message, User from) {
    var tasks = queues.queue(Task.QUEUE);
    return Words.status(tasks.counts(Task.lane(message.chat().id(), from.id())), tasks.counts());
  }

  private static NewJob say(Message message, String text) {
    return Letter.answer(message.ref(), Call.Text.plain(text)).toJob();
  }
}
