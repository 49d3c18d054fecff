package tg.bot;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import tg.api.ApiException;
import tg.api.Button;
import tg.api.Call;
import tg.api.Telegram;
import tg.api.Update;
import tg.outbox.Content;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.outbox.TaskButton;
import tg.queue.JobState;
import tg.queue.QueueException;
import tg.queue.Queues;
import tg.text.RichText;
import tg.text.Voice;

/// What the buttons under our messages do. A press is answered first, because the person's app
/// shows a spinner until then; the queue is asked afterwards. Thread-safe.
final class Presses {
  private static final System.Logger LOG = System.getLogger("tg.bot");
  private static final Duration REMEMBERED = Duration.ofDays(2);

  private final Queues queues;
  private final Telegram telegram;
  private final Voices voices;
  private final Cancellations cancellations;
  private final Quotas quotas;

  Presses(Queues queues, Telegram telegram, Cancellations cancellations, Quotas quotas) {
    this.queues = queues;
    this.telegram = telegram;
    this.voices = cancellations.voices();
    this.cancellations = cancellations;
    this.quotas = quotas;
  }

  void handle(Update.ButtonPress press) {
    // The app's language is enough for a notice of three words; /lang would cost time here.
    var voice = voices.in(press.from().language());
    var button = TaskButton.of(press.data());
    if (button == null) {
      answer(press, voice.say(Phrase.OLD_BUTTON), false);
      return;
    }
    if (!mayPress(press, button)) {
      answer(press, voice.say(Phrase.NOT_YOURS), true);
      return;
    }
    switch (button.verb()) {
      case CANCEL -> {
        answer(press, voice.say(Phrase.CANCELING), false);
        cancel(press, button);
      }
      case RETRY -> {
        answer(press, voice.say(Phrase.TRYING_AGAIN), false);
        retry(press, button, voice);
      }
    }
  }

  private boolean mayPress(Update.ButtonPress press, TaskButton button) {
    long chat = press.chat();
    if (press.from().id() == button.owner() || chat >= 0) {
      return press.from().id() == button.owner();
    }
    try {
      return telegram.call(new Call.IsAdmin(chat, press.from().id()));
    } catch (ApiException e) {
      LOG.log(Level.WARNING, "cannot learn who decides in chat " + chat + ": " + e.getMessage());
      return false;
    }
  }

  private void answer(Update.ButtonPress press, String text, boolean alert) {
    try {
      telegram.call(new Call.AnswerCallback(press.query(), text, alert));
    } catch (ApiException e) {
      LOG.log(Level.DEBUG, "a button press could not be answered: " + e.getMessage());
    }
  }

  private void cancel(Update.ButtonPress press, TaskButton button) {
    var found = queues.queue(Task.QUEUE).find(button.task());
    if (found.isEmpty()) {
      buttons(press, List.of());
      return;
    }
    var task = Task.of(found.get().job());
    if (truly(press, button, task) && !cancellations.cancel(task)) {
      LOG.log(Level.DEBUG, "task " + task.id() + " had ended before it was canceled");
    }
  }

  /// Does a failed task again, once, however often the button is pressed: the repetition has a name
  /// of its own.
  private void retry(Update.ButtonPress press, TaskButton button, Voice<Phrase> voice) {
    var tasks = queues.queue(Task.QUEUE);
    var found = tasks.find(button.task());
    if (found.isEmpty()) {
      var target = Call.Target.replyTo(press.message());
      var words = RichText.plain(voice.say(Phrase.TOO_OLD));
      say(press, new Letter.Answer(target, Content.of(words), List.of(), null));
      buttons(press, List.of());
      return;
    }
    var failed = Task.of(found.get().job());
    boolean ended =
        found.get().state() instanceof JobState.Failed
            || found.get().state() instanceof JobState.Canceled;
    if (!ended || !truly(press, button, failed)) {
      return;
    }
    var task = failed.again();
    var words = voices.in(task.user().language());
    var cancel = new TaskButton(TaskButton.Verb.CANCEL, task.id(), task.user().id());
    var ack =
        new Letter.Acknowledgement(
            task.id(),
            Call.Target.replyTo(task.message()),
            RichText.plain(words.say(Phrase.TRYING_AGAIN)),
            cancel.row(words.say(Phrase.CANCEL)),
            Duration.ZERO);
    try {
      queues.enqueueOnce("retry." + task.id(), REMEMBERED, List.of(ack.toJob(), task.toJob()));
    } catch (QueueException.QuotaReached e) {
      // The button stays, for later.
      var text = RichText.plain(quotas.tooManyWait(words));
      var target = Call.Target.replyTo(task.message());
      say(press, new Letter.Answer(target, Content.of(text), List.of(), null));
      return;
    }
    buttons(press, List.of());
  }

  private void say(Update.ButtonPress press, Letter letter) {
    queues.enqueueOnce("press." + press.id(), REMEMBERED, List.of(letter.toJob()));
  }

  /// What a button carries can be forged; the task knows whose it is, and where.
  private boolean truly(Update.ButtonPress press, TaskButton button, Task task) {
    boolean genuine =
        task.user().id() == button.owner()
            && (task.message().chat() == press.chat() || press.chat() == 0);
    if (!genuine) {
      LOG.log(Level.WARNING, "a press for task " + task.id() + " came from somewhere else");
    }
    return genuine;
  }

  private void buttons(Update.ButtonPress press, List<List<Button>> rows) {
    if (press.message().message() == 0) {
      return;
    }
    queues.enqueue(new Letter.Buttons(press.message(), rows).toJob());
  }
}
