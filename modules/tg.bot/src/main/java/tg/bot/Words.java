package tg.bot;

import tg.queue.Counts;

/// What the bot itself says.
final class Words {
  static final String ACKNOWLEDGED = "👀 On it…";
  static final String ONLY_TEXT = "I can only read texts so far.";
  static final String HELP =
      """
      Send me a text, and I report on it: counts, reading time, frequent words, a digest.

      /primes 3000000 — counts the primes below a number
      /status — what I am doing for you
      /help — this\
      """;

  private Words() {}

  static String greeting(String name) {
    return "Hello " + name + "! " + HELP;
  }

  static String status(Counts own, Counts all) {
    return "Yours: "
        + own.running()
        + " running, "
        + own.waiting()
        + " waiting.\nAll: "
        + all.running()
        + " running, "
        + (all.waiting() + all.scheduled())
        + " waiting.";
  }
}
