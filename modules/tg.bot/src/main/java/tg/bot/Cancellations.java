package tg.bot;

import java.util.List;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.queue.Cancellation;
import tg.queue.JobId;
import tg.queue.JobRef;
import tg.queue.Otherwise;
import tg.queue.Queues;
import tg.text.RichText;

/// Cancels tasks and says so under their acknowledgements. Thread-safe.
///
/// @param queues where the tasks are
/// @param voices what is said
record Cancellations(Queues queues, Voices voices) {
  /// Cancels a task that waits, or asks its worker to. The last word on it is written before, and
  /// said when the task has ended as canceled: whoever dies meanwhile, the bot or the worker.
  ///
  /// @return whether it had not ended yet
  boolean cancel(Task task) {
    var voice = voices.in(task.user().language());
    var word = progress(task, voice.say(Phrase.CANCELED), Letter.Phase.CANCELED);
    queues.enqueue(
        word.toJob()
            .id(new JobId(task.id() + ".canceled"))
            .after(List.of(new JobRef(Task.QUEUE, task.id())), Otherwise.RUN));
    return switch (queues.queue(Task.QUEUE).cancel(task.id())) {
      case Cancellation.CANCELED -> true;
      case Cancellation.REQUESTED -> {
        queues.enqueue(progress(task, voice.say(Phrase.CANCELING), Letter.Phase.RUNNING).toJob());
        yield true;
      }
      case Cancellation.TOO_LATE -> false;
    };
  }

  private static Letter progress(Task task, String text, Letter.Phase phase) {
    return new Letter.Progress(
        task.id(), task.message().chat(), RichText.plain(text), List.of(), phase);
  }
}
