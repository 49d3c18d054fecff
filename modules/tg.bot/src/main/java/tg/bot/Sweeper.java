package tg.bot;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tg.api.Call;
import tg.api.MessageRef;
import tg.outbox.Content;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.queue.JobId;
import tg.queue.JobInfo;
import tg.queue.JobState;
import tg.queue.QueueException;
import tg.queue.Queues;
import tg.queue.Registry;
import tg.text.RichText;

/// Looks from time to time for answers that Telegram refused, and tells the person so, once.
/// Thread-safe; several may run.
final class Sweeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tg.bot");
  private static final long EVERY_SECONDS = 60;
  private static final Duration REMEMBERED = Duration.ofDays(8);
  private static final String NOTICE = "notice.";
  private static final int PAGE = 100;

  private final Queues queues;
  private final Voices voices;
  private final long bot;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /// @param bot the bot's id
  Sweeper(Queues queues, Voices voices, long bot) {
    this.queues = queues;
    this.voices = voices;
    this.bot = bot;
  }

  static Sweeper start(Queues queues, Voices voices, long bot) {
    var sweeper = new Sweeper(queues, voices, bot);
    Thread.ofVirtual().name("sweeper").start(sweeper::run);
    return sweeper;
  }

  private void run() {
    try {
      while (!stopping.await(EVERY_SECONDS, TimeUnit.SECONDS)) {
        try {
          sweep();
        } catch (QueueException.Unavailable e) {
          LOG.log(Level.DEBUG, "no sweep now: " + e.getMessage());
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "a sweep failed", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void sweep() {
    var outbox = queues.queue(Letter.QUEUE);
    for (int offset = 0; ; offset += PAGE) {
      var page = outbox.list(Registry.FAILED, offset, PAGE);
      page.forEach(this::tell);
      if (page.size() < PAGE) {
        return;
      }
    }
  }

  private void tell(JobInfo failed) {
    if (failed.state() instanceof JobState.Failed(_, String reason)
        && !reason.startsWith("Forbidden")
        && !failed.id().value().startsWith(NOTICE)
        && readable(failed) instanceof Letter.Answer answer) {
      var text =
          RichText.plain(voices.in(language(answer.target())).say(Phrase.NOT_DELIVERED, reason));
      var notice = new Letter.Answer(answer.target(), Content.of(text), List.of(), null);
      var id = new JobId(NOTICE + failed.id());
      queues.enqueueOnce(id.value(), REMEMBERED, List.of(notice.toJob().id(id)));
    }
  }

  /// That of the task that is answered; else what the person chose, should it be a private chat.
  private String language(Call.Target target) {
    var asked = new MessageRef(target.chat(), target.replyTo(), 0);
    return queues
        .queue(Task.QUEUE)
        .find(Task.idFor(bot, asked))
        .map(info -> Task.of(info.job()).user().language())
        .orElseGet(() -> voices.notes().language(target.chat()));
  }

  private static Object readable(JobInfo failed) {
    try {
      return Letter.of(failed.job());
    } catch (IllegalArgumentException e) {
      return failed;
    }
  }

  @Override
  public void close() {
    stopping.countDown();
  }
}
