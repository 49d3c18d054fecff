package tg.bot;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import tg.api.Call;
import tg.api.Message;
import tg.api.Update;
import tg.api.User;
import tg.outbox.Command;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.outbox.TaskButton;
import tg.outbox.Typing;
import tg.process.Counter;
import tg.process.Settings;
import tg.queue.JobState;
import tg.queue.NewJob;
import tg.queue.Queues;
import tg.text.RichText;
import tg.text.Voice;

/// Decides what a message asks for: a command of the bot itself, a task for a worker, or nothing.
/// Thread-safe.
final class Requests {
  /// Beyond it a place that is only counted is a guess: people take turns.
  private static final long NEAR = 20;

  private final Queues queues;
  private final Identity identity;
  private final Settings.Talk talk;
  private final Words words;

  /// What it speaks with.
  ///
  /// @param voices which language for whom
  /// @param pace how long one has to wait
  /// @param typing for an idle bot, which waits for the answer before it says anything
  /// @param commands the bot's own
  /// @param quotas how much is asked at once
  record Words(Voices voices, Pace pace, Typing typing, Commands commands, Quotas quotas) {}

  Requests(Queues queues, Identity identity, Settings.Talk talk, Words words) {
    this.queues = queues;
    this.identity = identity;
    this.talk = talk;
    this.words = words;
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
    var voice = words.voices.of(from);
    if (!talk.allows(from.id(), message.chat().id())) {
      return message.chat().isGroup()
          ? List.of()
          : List.of(say(message, voice.say(Phrase.NOT_ALLOWED, Long.toString(from.id()))));
    }
    var answer = words.commands.answer(command, message, from, voice);
    if (answer.isPresent()) {
      return List.of(say(message, answer.get()));
    }
    boolean nothing =
        message.text().isBlank() && message.file() == null && command.name().isEmpty();
    return nothing
        ? List.of(say(message, voice.say(Phrase.NOTHING_TO_DO)))
        : task(message, from, voice);
  }

  /// {@return the job that takes the place of the one that waits for a message that was edited;
  /// none when nothing waits for it}
  List<NewJob> of(Update.EditedMessage update) {
    var message = update.message();
    var from = message.from();
    if (from == null || talk.edits() == Settings.Edits.IGNORE) {
      return List.of();
    }
    var command = Command.of(message.text(), identity.name());
    boolean ours = words.commands.knows(command, from);
    boolean empty = message.text().isBlank() && message.file() == null;
    if (ours || empty || (message.chat().isGroup() && command.name().isEmpty())) {
      return List.of();
    }
    var id = Task.idFor(identity.id(), message.ref());
    boolean waits =
        queues
            .queue(Task.QUEUE)
            .find(id)
            .filter(info -> info.state() instanceof JobState.Waiting)
            .isPresent();
    return waits ? List.of(task(message, from).superseding()) : List.of();
  }

  private Task task(Message message, User from) {
    var asker = new Task.Asker(from.id(), from.name(), words.voices.tag(from));
    return Task.of(Task.idFor(identity.id(), message.ref()), message, asker, identity.name());
  }

  private List<NewJob> task(Message message, User from, Voice<Phrase> voice) {
    var task = task(message, from);
    long waiting = queues.queue(Task.QUEUE).counts().waiting();
    var refusal = words.quotas.refusal(task, waiting, voice);
    if (refusal.isPresent()) {
      return List.of(say(message, refusal.get()));
    }
    var after = waiting == 0 ? talk.placeholderAfter() : Duration.ZERO;
    var text = voice.say(Phrase.ACKNOWLEDGED);
    if (waiting > 0) {
      text = words.pace.words(voice, waiting < NEAR ? (int) waiting + 1 : 0);
    }
    var cancel = new TaskButton(TaskButton.Verb.CANCEL, task.id(), from.id());
    var ack =
        new Letter.Acknowledgement(
            task.id(),
            Call.Target.replyTo(message.ref()),
            RichText.plain(text),
            cancel.row(voice.say(Phrase.CANCEL)),
            after);
    if (!after.isZero()) {
      words.typing.show(message.ref());
    }
    // The acknowledgement goes first into the lane of the chat, so that it is said first.
    return List.of(ack.toJob(), task.toJob());
  }

  /// {@return what is said when too many tasks of the person wait for another one}
  NewJob tooManyWait(Message message) {
    var from = Objects.requireNonNull(message.from());
    return say(message, words.quotas.tooManyWait(words.voices.of(from)));
  }

  Counter refused() {
    return words.quotas.refused();
  }

  /// Counts the task that a message has become.
  void taken(Message message) {
    var from = Objects.requireNonNull(message.from());
    words.quotas.taken(task(message, from));
  }

  static NewJob say(Message message, String text) {
    return Letter.answer(message.ref(), RichText.plain(text)).toJob();
  }
}
