package tg.bot;

import java.util.List;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.queue.Cancellation;
import tg.queue.Queues;
import tg.text.RichText;

/// Cancels tasks and says so under their acknowledgements. Thread-safe.
///
/// @param queues where the tasks are
/// @param voices what is said
record Cancellations(Queues queues, Voices voices) {
  /// Cancels a task that waits, or asks its worker to.
  ///
  /// @return whether it had not ended yet
  boolean cancel(Task task) {
    var voice = voices.in(task.user().language());
    return switch (queues.queue(Task.QUEUE).cancel(task.id())) {
      case Cancellation.CANCELED -> {
        say(task, voice.say(Phrase.CANCELED), Letter.Phase.ENDED);
        yield true;
      }
      case Cancellation.REQUESTED -> {
        // The worker says the last word.
        say(task, voice.say(Phrase.CANCELING), Letter.Phase.RUNNING);
        yield true;
      }
      case Cancellation.TOO_LATE -> false;
    };
  }

  private void say(Task task, String text, Letter.Phase phase) {
    var letter =
        new Letter.Progress(
            task.id(), task.message().chat(), RichText.plain(text), List.of(), phase);
    queues.enqueue(letter.toJob());
  }
}
