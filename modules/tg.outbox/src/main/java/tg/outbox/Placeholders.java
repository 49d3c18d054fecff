package tg.outbox;

import java.util.Optional;
import tg.api.MessageRef;
import tg.queue.JobId;
import tg.queue.JobState;
import tg.queue.Payload;
import tg.queue.Queues;

/// The messages that acknowledge tasks, found by what became of the letters that said them: the
/// result of a letter's job is where its message is. Thread-safe.
///
/// @param queues where the letters are
record Placeholders(Queues queues) {
  /// {@return the message that acknowledges a task; empty when there is none, or nobody knows}
  Optional<MessageRef> of(JobId task) {
    var letter = queues.queue(Letter.QUEUE).find(new JobId(task.value() + ".ack"));
    return letter.isPresent()
            && letter.get().state() instanceof JobState.Finished(_, Payload result)
            && result.size() > 0
        ? Optional.of(place(result))
        : Optional.empty();
  }

  /// {@return whether a task is in a phase; one that nobody knows (any more) has ended}
  boolean in(Letter.Phase phase, JobId task) {
    var state = queues.queue(Task.QUEUE).find(task).map(info -> info.state());
    return switch (phase) {
      case WAITING ->
          state.isPresent()
              && (state.get() instanceof JobState.Waiting
                  || state.get() instanceof JobState.Scheduled);
      case RUNNING -> state.isPresent() && state.get() instanceof JobState.Running;
      case ENDED ->
          state.isEmpty()
              || state.get() instanceof JobState.Finished
              || state.get() instanceof JobState.Failed
              || state.get() instanceof JobState.Canceled;
      case CANCELED -> state.isPresent() && state.get() instanceof JobState.Canceled;
    };
  }

  static Payload result(MessageRef sent) {
    return Payload.of(sent.chat() + "/" + sent.message());
  }

  static MessageRef place(Payload result) {
    var parts = result.text().split("/", 2);
    return new MessageRef(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), 0);
  }
}
