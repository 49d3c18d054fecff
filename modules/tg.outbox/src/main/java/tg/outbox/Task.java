package tg.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tg.api.Message;
import tg.api.MessageRef;
import tg.queue.Job;
import tg.queue.JobId;
import tg.queue.NewJob;
import tg.queue.Payload;

/// What a message asked for. Immutable. The bot makes it, the queue carries it, a worker does it.
///
/// @param id the task's name, the same however often Telegram delivers the message
/// @param message the message that asked; the answer is a reply to it
/// @param user who asked
/// @param command the command without the slash, or empty for a plain text
/// @param text the text after the command, or all of it
/// @param file what came with the message; null when nothing did
/// @param askedAt when, by Telegram's clock
public record Task(
    JobId id,
    MessageRef message,
    Asker user,
    String command,
    String text,
    Message.@Nullable FileRef file,
    Instant askedAt) {

  /// The queue on which tasks wait.
  public static final String QUEUE = "tasks";

  /// Between a task's name and the number of its repetition.
  private static final String AGAIN = ".again";

  /// Who asked.
  ///
  /// @param id Telegram's user id
  /// @param name as it is shown
  /// @param language IETF tag; may be empty
  public record Asker(long id, String name, String language) {}

  /// {@return the name of the task that a message asks for}
  ///
  /// @param bot the bot's user id
  public static JobId idFor(long bot, MessageRef message) {
    return new JobId(bot + "." + message.chat() + "." + message.message());
  }

  /// {@return what a message asks for}
  ///
  /// @param botName the bot's username: `/primes@botName` is the command `primes`
  public static Task of(JobId id, Message message, Asker asker, String botName) {
    var words = Command.of(message.text(), botName);
    return new Task(
        id, message.ref(), asker, words.name(), words.rest(), message.file(), message.date());
  }

  /// {@return the lane of one person in one chat: tasks of a lane start in the order they were
  /// asked; it is in the partition of its chat, and so of the letters that follow}
  public static String lane(long chat, long user) {
    return "{" + Letter.lane(chat) + "}.u" + user;
  }

  /// {@return whether a lane is of a person in this chat}
  public static boolean laneIsIn(String lane, long chat) {
    return lane.startsWith("{" + Letter.lane(chat) + "}.u");
  }

  /// {@return the job that does it}
  public NewJob toJob() {
    return superseding().id(id);
  }

  /// {@return the job that takes the place of the one that waits for the same message, under that
  /// one's name}
  public NewJob superseding() {
    return NewJob.of(
            QUEUE, command.isEmpty() ? "text" : "command", Payload.of(TaskJson.write(this)))
        .group(lane(message.chat(), user.id()))
        .replacing(id.value());
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

  /// {@return the same, to be done once more under the next name}
  public Task again() {
    var name = id.value();
    int mark = name.indexOf(AGAIN);
    var next =
        mark < 0
            ? name + AGAIN + 1
            : name.substring(0, mark + AGAIN.length())
                + (Integer.parseInt(name.substring(mark + AGAIN.length())) + 1);
    return new Task(new JobId(next), message, user, command, text, file, askedAt);
  }

  /// {@return the same for a group that has become a supergroup; its message is not there}
  public Task movedTo(long chat) {
    var nowhere = new MessageRef(chat, 0, message.topic());
    return new Task(id, nowhere, user, command, text, file, askedAt);
  }
}
