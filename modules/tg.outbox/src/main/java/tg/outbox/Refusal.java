package tg.outbox;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tg.api.ApiError;
import tg.queue.Job;
import tg.queue.Outcome;
import tg.text.RichText;

/// What becomes of a letter that Telegram did not take. Immutable.
///
/// @param job the letter's job
/// @param letter the letter
/// @param error what Telegram said
record Refusal(Job job, Letter letter, ApiError error) {
  private static final System.Logger LOG = System.getLogger("tg.outbox");
  private static final int REFUSED_ATTEMPTS = 5;
  private static final int LAST_PROGRESS_ATTEMPTS = 8;
  private static final Duration BACK_OFF_CAP = Duration.ofSeconds(60);

  Outcome outcome() {
    return switch (error) {
      case ApiError.FloodWait flood -> flooded(flood);
      // Met after the move was followed: once more from the beginning.
      case ApiError.Migrated migrated -> later(Level.WARNING, migrated.description());
      case ApiError.Blocked blocked -> lost(Level.INFO, blocked.description());
      case ApiError.BadRequest bad -> refused(bad);
      case ApiError.UnknownOutcome unknown -> unknown(unknown);
      case ApiError.Unavailable unavailable -> later(Level.WARNING, unavailable.description());
      case ApiError.Conflict conflict -> later(Level.WARNING, conflict.description());
      case ApiError.Unauthorized no ->
          later(Level.ERROR, no.description() + ": check TG_TOKEN; nothing is lost meanwhile");
    };
  }

  /// The chat is closed for as long as Telegram says. A progress would be old by then.
  private Outcome flooded(ApiError.FloodWait flood) {
    LOG.log(
        Level.WARNING,
        "chat " + letter.chat() + " must wait " + flood.retryAfter().toSeconds() + " s (flood)");
    return disposable()
        ? Outcome.done().pausingGroup(flood.retryAfter())
        : Outcome.postpone(flood.retryAfter(), flood.description());
  }

  private Outcome refused(ApiError.BadRequest bad) {
    var content = letter instanceof Letter.Answer answer ? plainer(answer) : null;
    if (letter instanceof Letter.Answer answer && content != null) {
      LOG.log(
          Level.WARNING,
          job.id() + " is said in a plainer form, because Telegram says: " + bad.description());
      return Outcome.done().then(answer.with(content).goingOn());
    }
    // A refusal that nobody can explain may be of this moment only.
    return job.attempt() < REFUSED_ATTEMPTS && !Sender.gone(bad)
        ? later(Level.WARNING, bad.description())
        : lost(Level.WARNING, bad.description());
  }

  /// What Telegram may take in place of a picture or of styles that it does not like; null when
  /// there is nothing plainer.
  private static @Nullable Content plainer(Letter.Answer answer) {
    return switch (answer.content()) {
      case Content.Photo(var name, var bytes, var text) -> new Content.Document(name, bytes, text);
      case Content.Words(var text) when !text.styles().isEmpty() ->
          Content.of(RichText.plain(text.text()));
      case Content.Document(var name, var bytes, var text) when !text.styles().isEmpty() ->
          new Content.Document(name, bytes, RichText.plain(text.text()));
      case Content.Words _, Content.Document _ -> null;
    };
  }

  /// Said again only when it matters more than a second copy: an edit has no second copy, an answer
  /// must arrive.
  private Outcome unknown(ApiError.UnknownOutcome unknown) {
    return switch (letter) {
      case Letter.Answer _ -> later(Level.WARNING, unknown.description());
      case Letter.Progress progress when progress.last() ->
          later(Level.WARNING, unknown.description());
      case Letter.Acknowledgement _, Letter.Progress _, Letter.Buttons _ ->
          dropped(unknown.description());
    };
  }

  private Outcome later(Level level, String reason) {
    if (disposable()) {
      return dropped(reason);
    }
    var delay = backOff(job.attempt());
    if (letter instanceof Letter.Progress) {
      // It may come in any order, so it does not hold up the answers of its chat; nor for ever.
      return job.attempt() < LAST_PROGRESS_ATTEMPTS ? Outcome.snooze(delay) : dropped(reason);
    }
    LOG.log(level, job.type() + " " + job.id() + " waits " + delay.toMillis() + " ms: " + reason);
    return Outcome.postpone(delay, reason);
  }

  /// It has reached Telegram, or may have: it counts in the pace.
  private Outcome dropped(String why) {
    Sender.log(job, why);
    return Outcome.done();
  }

  private Outcome lost(Level level, String reason) {
    if (disposable()) {
      return dropped(reason);
    }
    LOG.log(level, job.type() + " " + job.id() + " cannot be said: " + reason);
    return Outcome.failed(reason);
  }

  private boolean disposable() {
    return switch (letter) {
      case Letter.Progress progress -> !progress.last();
      case Letter.Buttons _ -> true;
      case Letter.Acknowledgement _, Letter.Answer _ -> false;
    };
  }

  /// 250 ms doubling to a minute, with half of it random so that processes do not come back in
  /// step.
  static Duration backOff(long attempt) {
    long full = Math.min(BACK_OFF_CAP.toMillis(), 250L << Math.min(attempt - 1, 10));
    return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }
}
