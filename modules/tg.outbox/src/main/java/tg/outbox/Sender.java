package tg.outbox;

import java.lang.System.Logger.Level;
import tg.api.ApiException;
import tg.api.Call;
import tg.api.MessageRef;
import tg.api.Telegram;
import tg.queue.Job;
import tg.queue.JobHandler;
import tg.queue.JobId;
import tg.queue.JobState;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.Queues;
import tg.queue.Worker;

/// Takes letters from the outbox and says them. Thread-safe. Any number may run, in any processes.
///
/// The letters of one chat are said one at a time and in order: a letter that must wait goes back
/// to the head of its lane, and the lane is closed meanwhile. So a flood wait, an outage or a dead
/// process delays an answer and never loses or overtakes one.
public final class Sender implements JobHandler {
  private static final System.Logger LOG = System.getLogger("tg.outbox");

  private final Queues queues;
  private final Telegram telegram;

  private Sender(Queues queues, Telegram telegram) {
    this.queues = queues;
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
    // The attempt before may have been applied although nobody lived to hear of it.
    boolean unknownFate = job.tries().crashes() > 0;
    try {
      return switch (letter) {
        case Letter.Acknowledgement ack -> unknownFate ? dropped(job, "unknown fate") : say(ack);
        case Letter.Progress progress -> say(progress);
        case Letter.Answer answer -> say(answer);
      };
    } catch (ApiException e) {
      return new Refusal(job, letter, e.error()).outcome();
    }
  }

  private Outcome say(Letter.Acknowledgement ack) {
    var sent = telegram.call(new Call.SendMessage(ack.target(), ack.text(), ack.buttons(), true));
    return said(sent);
  }

  private Outcome say(Letter.Answer answer) {
    var sent =
        telegram.call(
            new Call.SendMessage(answer.target(), answer.text(), answer.buttons(), false));
    return said(sent);
  }

  private Outcome say(Letter.Progress progress) {
    int message = acknowledged(progress.task());
    if (message == 0 || !(progress.last() || running(progress.task()))) {
      return Outcome.done();
    }
    telegram.call(
        new Call.EditText(
            new MessageRef(progress.chat(), message, 0), progress.text(), progress.buttons()));
    return Outcome.done();
  }

  /// The message that acknowledged a task; 0 when there is none, or nobody knows.
  private int acknowledged(JobId task) {
    var letter = queues.queue(Letter.QUEUE).find(new JobId(task.value() + ".ack"));
    if (letter.isPresent()
        && letter.get().state() instanceof JobState.Finished(_, Payload result)
        && result.size() > 0) {
      return Integer.parseInt(result.text());
    }
    return 0;
  }

  private boolean running(JobId task) {
    return queues
        .queue(Task.QUEUE)
        .find(task)
        .filter(info -> info.state() instanceof JobState.Running)
        .isPresent();
  }

  private static Outcome said(MessageRef sent) {
    return Outcome.done(Payload.of(Integer.toString(sent.message())));
  }

  static Outcome dropped(Job job, String why) {
    LOG.log(Level.DEBUG, job.type() + " " + job.id() + " dropped: " + why);
    return Outcome.done();
  }
}
