package tg.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tg.api.Button;
import tg.api.Call;
import tg.api.MessageRef;
import tg.queue.Job;
import tg.queue.JobId;
import tg.queue.NewJob;
import tg.queue.Priority;
import tg.text.RichText;

/// One thing to say to Telegram. Immutable. As a job it waits in the lane of its chat, where
/// letters keep their order.
///
/// What happens when its fate is unknown (the process died, or the connection broke, between
/// request and reply) is what sets the kinds apart: Telegram has no idempotency key.
public sealed interface Letter {
  /// The queue on which letters wait.
  String QUEUE = "outbox";

  /// {@return the chat it goes to}
  long chat();

  /// {@return the same for a group that has become a supergroup, where the old message ids mean
  /// nothing}
  Letter movedTo(long chat);

  /// {@return the job that says it}
  NewJob toJob();

  /// "I have seen it." Silent; not said when the task has ended by then; dropped when its fate is
  /// unknown. Its message is the one that progress edits.
  ///
  /// @param task which task
  /// @param target where to
  /// @param text what
  /// @param buttons rows of inline buttons; may be empty
  /// @param after how long to wait, for an answer that makes it needless; zero or more
  record Acknowledgement(
      JobId task, Call.Target target, RichText text, List<List<Button>> buttons, Duration after)
      implements Letter {
    @Override
    public long chat() {
      return target.chat();
    }

    @Override
    public Letter movedTo(long chat) {
      return new Acknowledgement(task, Letter.moved(target, chat), text, buttons, after);
    }

    @Override
    public NewJob toJob() {
      var job = job(this, "ack").id(new JobId(task.value() + ".ack"));
      return after.isZero() ? job : job.delay(after);
    }
  }

  /// "It goes on": changes the acknowledgement. Goes after answers and acknowledgements. Replaces
  /// the one that still waits for the same task; dropped when the acknowledgement is not there, or
  /// when Telegram will not have it now. The last word on a task replaces none and is replaced by
  /// none: somebody who believes that the task still runs may write after it.
  ///
  /// @param task which task
  /// @param chat the task's chat
  /// @param text what the acknowledgement says from now on; empty to delete it
  /// @param buttons rows of inline buttons; may be empty
  /// @param phase in which phase of the task it is true; dropped when that is over
  record Progress(JobId task, long chat, RichText text, List<List<Button>> buttons, Phase phase)
      implements Letter {
    @Override
    public Letter movedTo(long to) {
      return new Progress(task, to, text, buttons, phase);
    }

    @Override
    public NewJob toJob() {
      var job = job(this, "progress").priority(Priority.LOW);
      return last() ? job : job.replacing("progress." + task.value());
    }

    /// {@return whether it is the last word on its task, which must be said}
    public boolean last() {
      return phase == Phase.ENDED || phase == Phase.CANCELED;
    }
  }

  /// The part of a task's life in which a progress is true.
  enum Phase {
    /// Nobody has begun.
    WAITING,
    /// A worker is at it.
    RUNNING,
    /// It is over, and so is the progress.
    ENDED,
    /// It is over, because it was canceled.
    CANCELED
  }

  /// Other buttons under a message of ours. Dropped when Telegram will not have it now.
  ///
  /// @param message which
  /// @param buttons rows of inline buttons; empty removes them
  record Buttons(MessageRef message, List<List<Button>> buttons) implements Letter {
    @Override
    public long chat() {
      return message.chat();
    }

    @Override
    public Letter movedTo(long chat) {
      return new Buttons(new MessageRef(chat, message.message(), message.topic()), buttons);
    }

    @Override
    public NewJob toJob() {
      return job(this, "buttons").priority(Priority.LOW);
    }
  }

  /// The answer. Said again when its fate is unknown; never dropped while the chat exists.
  ///
  /// @param target where to
  /// @param content what
  /// @param buttons rows of inline buttons, under a text only; may be empty
  /// @param instead the acknowledgement that it takes the place of, so that there is one answer
  ///   whatever happens; null for a message of its own
  record Answer(
      Call.Target target, Content content, List<List<Button>> buttons, @Nullable Instead instead)
      implements Letter {
    @Override
    public long chat() {
      return target.chat();
    }

    @Override
    public Answer movedTo(long chat) {
      var still = instead == null ? null : new Instead(instead.task(), Instead.GONE);
      return new Answer(Letter.moved(target, chat), content, buttons, still);
    }

    @Override
    public NewJob toJob() {
      return job(this, "answer");
    }

    /// {@return the job that goes on with an answer that has been begun: before what else waits for
    /// its chat, so that answers keep their order}
    NewJob goingOn() {
      return toJob().priority(Priority.HIGH);
    }

    /// {@return the same, with other content}
    public Answer with(Content other) {
      return new Answer(target, other, buttons, instead);
    }

    /// {@return the same, in the place of a message}
    Answer insteadOf(int message) {
      var task = Objects.requireNonNull(instead).task();
      return new Answer(target, content, buttons, new Instead(task, message));
    }
  }

  /// Whose acknowledgement an answer takes the place of.
  ///
  /// @param task which task's
  /// @param message the message's id when it is known, 0 when not, -1 when it is there no more
  record Instead(JobId task, int message) {
    static final int GONE = -1;
  }

  /// {@return the answer to a message, without buttons}
  static Answer answer(MessageRef message, RichText text) {
    return new Answer(Call.Target.replyTo(message), Content.of(text), List.of(), null);
  }

  /// {@return the letter of a job}
  ///
  /// @throws IllegalArgumentException when the job is not one of this version's letters
  static Letter of(Job job) {
    return LetterJson.read(job);
  }

  /// {@return the lane of a chat}
  static String lane(long chat) {
    return "c" + chat;
  }

  private static Call.Target moved(Call.Target target, long chat) {
    return new Call.Target(chat, target.topic(), 0);
  }

  private static NewJob job(Letter letter, String type) {
    return NewJob.of(QUEUE, type, LetterJson.write(letter)).group(lane(letter.chat()));
  }
}
