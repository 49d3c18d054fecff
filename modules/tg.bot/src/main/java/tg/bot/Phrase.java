package tg.bot;

import java.util.List;
import tg.text.Phrases;

/// What the bot itself says; see {@link Phrases}.
enum Phrase {
  ACKNOWLEDGED,
  QUEUED,
  QUEUED_PLACE,
  QUEUED_PLACE_TIME,
  UNDER_A_MINUTE,
  ABOUT_MINUTES,
  CANCEL,
  CANCELING,
  CANCELED,
  TRYING_AGAIN,
  NOT_YOURS,
  OLD_BUTTON,
  TOO_OLD,
  GREETING,
  HELP,
  NOTHING_TO_DO,
  NOT_ALLOWED,
  STATUS_NONE,
  STATUS_RUNNING,
  STATUS_WAITING,
  STATUS_PLACE,
  STATUS_MORE,
  PLAIN_TEXT,
  CANCELED_MANY,
  NOTHING_TO_CANCEL,
  LANG_NOW,
  LANG_SET,
  LANG_AUTO,
  LANG_UNKNOWN,
  NOT_DELIVERED,
  COMMAND_HELP,
  COMMAND_STATUS,
  COMMAND_CANCEL,
  COMMAND_LANG,
  COMMAND_QUEUE,
  COMMAND_FAILED,
  COMMAND_RETRY,
  QUEUE_TASKS,
  QUEUE_OLDEST,
  QUEUE_OUTBOX,
  QUEUE_DEAD,
  FAILED_NONE,
  FAILED_HOW,
  RETRIED,
  RETRY_UNKNOWN,
  RETRY_HOW;

  static Phrases<Phrase> load() {
    return Phrases.load(
        Phrase.class, Phrase.class::getResourceAsStream, "words", List.of("en", "ru"));
  }
}
