package tg.worker.process;

import java.util.List;
import tg.text.Phrases;

/// What the worker itself says to people; see {@link Phrases}.
enum Phrase {
  CANCEL,
  RETRY,
  DONE_IN,
  NOT_DONE,
  STOPPED,
  FAILED,
  PASSED_DEADLINE,
  FAULT,
  KILLED_WORKERS,
  LONG_ANSWER,
  FILE_TOO_LARGE,
  FILE_GONE,
  SECONDS,
  MINUTES;

  static Phrases<Phrase> load() {
    return Phrases.load(
        Phrase.class, Phrase.class::getResourceAsStream, "words", List.of("en", "ru"));
  }
}
