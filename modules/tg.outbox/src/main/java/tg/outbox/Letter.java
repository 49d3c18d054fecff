package tg.outbox;

import java.util.List;
import tg.api.Button;
import tg.api.Call;
import tg.api.MessageRef;
import tg.queue.Job;
import tg.queue.JobId;
import tg.queue.NewJob;
import tg.queue.Payload;

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

  /// {@return the job that says it}
  NewJob toJob();

  /// "I have seen it." Silent; dropped when its fate is unknown. Its message is the one that
  /// progress edits.
  ///
  /// @param task which task
  /// @param target where to
  /// @param text what
  /// @param buttons rows of inline buttons; may be empty
  record Acknowledgement(JobId task, Call.Target target, Call.Text text, List<List<Button>> buttons)
      implements Letter {
    @Override
    public long chat() {
      return target.chat();
    }

    @Override
    public NewJob toJob() {
      return job(this, "ack").id(new JobId(task.value() + ".ack"));
    }
  }

  /// "It goes on": changes the acknowledgement. Replaces the one that still waits for the same
  /// task; dropped when the acknowledgement is not there, or when Telegram will not have it now.
  ///
  /// @param task which task
  /// @param chat the task's chat
  /// @param text what the acknowledgement says from now on
  /// @param buttons rows of inline buttons; may be empty
  /// @param last whether it is the last one: earlier ones are dropped when the task has ended, this
  ///   one is said
  record Progress(JobId task, long chat, Call.Text text, List<List<Button>> buttons, boolean last)
      implements Letter {
    @Override
    public NewJob toJob() {
      return job(this, "progress").replacing("progress." + task.value());
    }
  }

  /// The answer. Said again when its fate is unknown; never dropped while the chat exists.
  ///
  /// @param target where to
  /// @param text what
  /// @param buttons rows of inline buttons; may be empty
  record Answer(Call.Target target, Call.Text text, List<List<Button>> buttons) implements Letter {
    @Override
    public long chat() {
      return target.chat();
    }

    @Override
    public NewJob toJob() {
      return job(this, "answer");
    }
  }

  /// {@return the answer to a message, without buttons}
  static Answer answer(MessageRef message, Call.Text text) {
    return new Answer(Call.Target.replyTo(message), text, List.of());
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

  private static NewJob job(Letter letter, String type) {
    return NewJob.of(QUEUE, type, Payload.of(LetterJson.write(letter))).group(lane(letter.chat()));
  }
}
