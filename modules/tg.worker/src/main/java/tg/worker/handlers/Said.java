package tg.worker.handlers;

import java.util.List;
import java.util.Locale;
import tg.text.Phrases;
import tg.text.Voice;

/// What the handlers say to people; see {@link Phrases}.
enum Said {
  REPORT_HELP,
  REPORT_ASK,
  UNKNOWN_COMMAND,
  CHARACTERS,
  WORDS,
  LINES,
  READING_TIME,
  MOST_FREQUENT,
  COUNTING,
  SORTING,
  SECONDS,
  MINUTES,
  PRIMES_HELP,
  PRIMES_ASK,
  PRIMES_LIMIT,
  PRIMES_ANSWER,
  SIEVING,
  DIGEST_HELP,
  DIGEST_ASK,
  DIGEST_TYPE,
  DIGEST_SIZE,
  READING,
  TEXT,
  TEXT_EMPTY,
  NO_OUTPUT;

  static Phrases<Said> load() {
    return Phrases.load(Said.class, Said.class::getResourceAsStream, "words", List.of("en", "ru"));
  }

  static Voice<Said> in(Phrases<Said> phrases, Locale language) {
    return phrases.in(language.toLanguageTag());
  }
}
