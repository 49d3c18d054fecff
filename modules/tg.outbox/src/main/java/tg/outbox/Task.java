package tg.outbox;

import java.time.Instant;
import tg.api.Message;
import tg.api.MessageRef;
import tg.queue.Job;
import tg.queue.JobId;
import tg.queue.NewJob;
import tg.queue.Payload;

/// What a message asked for. Immutable. The bot makes it, the queue carries it, a worker does it.
///
/// @param id the task's name, the same however often Telegram delivers the update
/// @param message the message that asked; the answer is a reply to it
/// @param user who asked
/// @param command the command without the slash, or empty for a plain text
/// @param text the text after the command, or all of it
/// @param askedAt when, by Telegram's clock
public record Task(
    JobId id, MessageRef message, Asker user, String command, String text, Instant askedAt) {

  /// The queue on which tasks wait.
  public static final String QUEUE = "tasks";

  /// Who asked.
  ///
  /// @param id Telegram's user id
  /// @param name as it is shown
  /// @param language IETF tag; may be empty
  public record Asker(long id, String name, String language) {}

  /// {@return the task's name for an update}
  ///
  /// @param bot the bot's user id
  /// @param update the `update_id`
  public static JobId idFor(long bot, long update) {
    return new JobId(bot + "." + update);
  }

  /// {@return what a message asks for}
  ///
  /// @param botName the bot's username: `/primes@botName` is the command `primes`
  public static Task of(JobId id, Message message, Asker asker, String botName) {
    var words = Command.of(message.text(), botName);
    return new Task(id, message.ref(), asker, words.name(), words.rest(), message.date());
  }

  /// {@return the lane of one person in one chat: tasks of a lane start in the order they were
  /// asked; it is in the partition of its chat, and so of the letters that follow}
  public static String lane(long chat, long user) {
    return "{c" + chat + "}.u" + user;
  }

  /// {@return the job that does it}
  public NewJob toJob() {
    return NewJob.of(
            QUEUE, command.isEmpty() ? "text" : "command", Payload.of(TaskJson.write(this)))
        .id(id)
        .group(lane(message.chat(), user.id()));
  }

  /// {@return the task of a job}
  ///
  /// @throws IllegalArgumentException when the job is not one of this version's tasks
  public static Task of(Job job) {
    return TaskJson.read(job.id(), job.payload().text());
  }

  /// {@return the name of the letter that acknowledges it}
  public JobId acknowledgement() {
    return new JobId(id.value() + ".ack");
  }
}
