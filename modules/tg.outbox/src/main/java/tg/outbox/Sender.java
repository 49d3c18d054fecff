package tg.outbox;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import tg.api.ApiError;
import tg.api.ApiException;
import tg.api.Button;
import tg.api.Call;
import tg.api.MessageRef;
import tg.api.Telegram;
import tg.queue.Job;
import tg.queue.JobHandler;
import tg.queue.Outcome;
import tg.queue.Queues;
import tg.queue.Worker;
import tg.text.RichText;

/// Takes letters from the outbox and says them. Thread-safe. Any number may run, in any processes.
///
/// The letters of one chat are said one at a time and in order: a letter that must wait goes back
/// to the head of its lane, and the lane is closed meanwhile. So a flood wait, an outage or a dead
/// process delays an answer and never loses or overtakes one.
public final class Sender implements JobHandler {
  private static final System.Logger LOG = System.getLogger("tg.outbox");

  private final Placeholders placeholders;
  private final Telegram telegram;

  private Sender(Queues queues, Telegram telegram) {
    this.placeholders = new Placeholders(queues);
    this.telegram = telegram;
  }

  /// Starts to send.
  ///
  /// @param atOnce how many chats at once, 1 or more
  /// @return the worker that does it, to be drained at the end
  public static Worker start(Queues queues, Telegram telegram, int atOnce) {
    return queues
        .worker(Letter.QUEUE)
        .concurrency(atOnce)
        .groupLimit(1)
        .maxCrashes(10)
        .start(new Sender(queues, telegram));
  }

  @Override
  public Outcome handle(Job job) {
    Letter letter;
    try {
      letter = Letter.of(job);
    } catch (NewerFormat e) {
      return e.putBack(job);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "letter " + job.id() + " cannot be read and is kept as failed", e);
      return Outcome.failed("cannot be read: " + e.getMessage());
    }
    try {
      return say(job, letter);
    } catch (ApiException e) {
      return e.error() instanceof ApiError.Migrated(long to, _)
          ? moved(job, letter, to)
          : new Refusal(job, letter, e.error()).outcome();
    }
  }

  private Outcome moved(Job job, Letter letter, long chat) {
    LOG.log(Level.INFO, "chat " + letter.chat() + " is now " + chat);
    return switch (letter) {
      case Letter.Answer answer -> Outcome.done().then(answer.movedTo(chat).goingOn());
      case Letter.Acknowledgement ack -> sayThere(job, ack.movedTo(chat));
      // What it would change did not move.
      case Letter.Progress _, Letter.Buttons _ -> Outcome.done();
    };
  }

  /// Its message is found by its own job.
  private Outcome sayThere(Job job, Letter letter) {
    try {
      return say(job, letter);
    } catch (ApiException e) {
      return new Refusal(job, letter, e.error()).outcome();
    }
  }

  private Outcome say(Job job, Letter letter) {
    // The attempt before may have been applied although nobody lived to hear of it.
    boolean unknownFate = job.tries().crashes() > 0;
    return switch (letter) {
      case Letter.Acknowledgement _ when unknownFate -> dropped(job, "unknown fate");
      case Letter.Acknowledgement ack -> say(job, ack);
      case Letter.Progress progress -> say(job, progress);
      case Letter.Buttons(var message, var buttons) -> {
        telegram.call(new Call.EditButtons(message, buttons));
        yield Outcome.done();
      }
      case Letter.Answer answer when answer.instead() != null -> replace(answer, answer.instead());
      case Letter.Answer answer -> Outcome.done(Placeholders.result(send(answer)));
    };
  }

  private Outcome say(Job job, Letter.Acknowledgement ack) {
    if (placeholders.in(Letter.Phase.ENDED, ack.task()) && !ack.after().isZero()) {
      return dropped(job, "the answer was sooner");
    }
    var sent = telegram.call(new Call.SendMessage(ack.target(), ack.text(), ack.buttons(), true));
    return Outcome.done(Placeholders.result(sent));
  }

  private Outcome say(Job job, Letter.Progress progress) {
    var message = placeholders.of(progress.task());
    if (message.isEmpty()) {
      return dropped(job, "nothing acknowledges its task");
    }
    // Who writes that it has ended knows it.
    if (progress.phase() != Letter.Phase.ENDED
        && !placeholders.in(progress.phase(), progress.task())) {
      return dropped(job, "it is true no more");
    }
    return change(message.get(), progress.text(), progress.buttons());
  }

  private Outcome.Done change(MessageRef message, RichText text, List<List<Button>> buttons) {
    if (text.text().isEmpty()) {
      telegram.call(new Call.Delete(message));
      // Telegram limits what people get to read, not what goes away.
      return Outcome.done().uncounted();
    }
    telegram.call(new Call.EditText(message, text, buttons));
    return Outcome.done();
  }

  private MessageRef send(Letter.Answer answer) {
    return telegram.call(
        switch (answer.content()) {
          case Content.Words(var text) ->
              new Call.SendMessage(answer.target(), text, answer.buttons(), false);
          case Content.Photo(var name, var bytes, var caption) ->
              new Call.SendPhoto(answer.target(), Content.upload(name, bytes), caption);
          case Content.Document(var name, var bytes, var caption) ->
              new Call.SendDocument(answer.target(), Content.upload(name, bytes), caption);
        });
  }

  /// Says the answer in the place of the acknowledgement: an edit can be repeated, a message
  /// cannot. Without an acknowledgement it makes one, remembers it, and goes on from there. One
  /// call at a time, as the pace counts attempts.
  private Outcome replace(Letter.Answer answer, Letter.Instead instead) {
    var known =
        switch (instead.message()) {
          case 0 -> placeholders.of(instead.task());
          case Letter.Instead.GONE -> Optional.<MessageRef>empty();
          default -> Optional.of(new MessageRef(answer.chat(), instead.message(), 0));
        };
    if (known.isEmpty()) {
      var dots = new Call.SendMessage(answer.target(), RichText.plain("…"), List.of(), false);
      var placeholder = telegram.call(dots);
      return Outcome.done(Placeholders.result(placeholder))
          .then(answer.insteadOf(placeholder.message()).goingOn());
    }
    try {
      change(known.get(), answer.content().text(), answer.buttons());
      return Outcome.done(Placeholders.result(known.get()));
    } catch (ApiException e) {
      if (gone(e.error())) {
        return Outcome.done().then(answer.insteadOf(Letter.Instead.GONE).goingOn());
      }
      throw e;
    }
  }

  /// The person has deleted the acknowledgement, or its group has moved.
  static boolean gone(ApiError error) {
    return switch (error) {
      case ApiError.BadRequest(_, var words) ->
          words.contains("message to edit not found")
              || words.contains("message can't be edited")
              || words.contains("MESSAGE_ID_INVALID");
      case ApiError.Migrated _,
          ApiError.FloodWait _,
          ApiError.Blocked _,
          ApiError.Unauthorized _,
          ApiError.Conflict _,
          ApiError.Unavailable _,
          ApiError.UnknownOutcome _ ->
          false;
    };
  }

  /// Nothing was said, so another letter may go at once.
  private static Outcome dropped(Job job, String why) {
    log(job, why);
    return Outcome.done().uncounted();
  }

  static void log(Job job, String why) {
    LOG.log(Level.DEBUG, job.type() + " " + job.id() + " dropped: " + why);
  }
}
