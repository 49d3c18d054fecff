package tg.sim;

import java.time.Duration;

/// A planned failure of the Bot API. Immutable.
///
/// ```java
/// sim.fault(Fault.tooMany(Duration.ofSeconds(5)).on("sendMessage").nth(3).times(2));
/// ```
///
/// @param kind what happens
/// @param method the method it strikes, in any case; empty for all. Default: all
/// @param bot the bot it strikes; 0 for all. Default: all
/// @param nth it strikes from the n-th matching call on, from 1. Default: 1
/// @param times how often it strikes; 0 until it is cleared. Default: 1
/// @param chance with which it strikes each matching call. Default: always
/// @param delay what a 429 asks for, and how long a hanging or slow call takes. Default: zero
public record Fault(
    Kind kind, String method, long bot, int nth, int times, Chance chance, Duration delay) {
  /// Ways to fail.
  public enum Kind {
    /// Answers 429 with `retry_after`; not processed.
    TOO_MANY("429"),
    /// Answers 400 in the words with which Telegram refuses what it cannot parse; not processed.
    BAD_REQUEST("400"),
    /// Answers 500; not processed.
    SERVER_ERROR("500"),
    /// Answers 502 with HTML, as a proxy in front of the real server does; not processed.
    HTML_502("502html"),
    /// Says nothing for a while, then closes the connection; not processed.
    HANG("hang"),
    /// Closes the connection; not processed.
    CLOSE_BEFORE("closeBefore"),
    /// Processed, but the connection is closed without an answer.
    CLOSE_AFTER("closeAfter"),
    /// Processed, but the answer is 200 without a body.
    EMPTY("empty"),
    /// Processed, but the answer's body is broken off.
    GARBAGE("garbage"),
    /// Processed after a while.
    SLOW("slow");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /// {@return the name in the control API}
    public String word() {
      return word;
    }

    static Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word.equalsIgnoreCase(word)) {
          return kind;
        }
      }
      throw SimException.invalid(
          "No fault \""
              + word
              + "\"; use 429, 400, 500, 502html, hang, closeBefore, closeAfter, empty, garbage or slow");
    }
  }

  /// A probability and the seed of the generator that decides. Immutable.
  ///
  /// @param probability from 0 to 1
  /// @param seed equal seeds decide equally
  public record Chance(double probability, long seed) {
    /// Always.
    public static final Chance ALWAYS = new Chance(1, 0);

    /// Checks the range.
    public Chance {
      if (!(probability >= 0 && probability <= 1)) {
        throw SimException.invalid("A probability is from 0 to 1, not " + probability);
      }
    }
  }

  /// Checks the ranges.
  public Fault {
    if (nth < 1 || times < 0 || delay.isNegative()) {
      throw SimException.invalid(
          "A fault needs nth >= 1, times >= 0 and a delay that is not negative");
    }
  }

  /// {@return a fault that strikes the next call, once}
  ///
  /// @param kind what happens
  public static Fault of(Kind kind) {
    return new Fault(kind, "", 0, 1, 1, Chance.ALWAYS, Duration.ZERO);
  }

  /// {@return a 429}
  ///
  /// @param retryAfter what it asks for; whole seconds
  public static Fault tooMany(Duration retryAfter) {
    return of(Kind.TOO_MANY).lasting(retryAfter);
  }

  /// {@return the same for one method}
  ///
  /// @param only its name, in any case
  public Fault on(String only) {
    return new Fault(kind, only, bot, nth, times, chance, delay);
  }

  /// {@return the same for one bot}
  ///
  /// @param only its id
  public Fault forBot(long only) {
    return new Fault(kind, method, only, nth, times, chance, delay);
  }

  /// {@return the same from the n-th matching call on}
  ///
  /// @param first from 1
  public Fault nth(int first) {
    return new Fault(kind, method, bot, first, times, chance, delay);
  }

  /// {@return the same, striking so many times}
  ///
  /// @param often 0 until it is cleared
  public Fault times(int often) {
    return new Fault(kind, method, bot, nth, often, chance, delay);
  }

  /// {@return the same by chance}
  ///
  /// @param probability from 0 to 1
  /// @param seed equal seeds decide equally
  public Fault by(double probability, long seed) {
    return new Fault(kind, method, bot, nth, times, new Chance(probability, seed), delay);
  }

  /// {@return the same with this delay}
  ///
  /// @param longer see [#delay()]
  public Fault lasting(Duration longer) {
    return new Fault(kind, method, bot, nth, times, chance, longer);
  }
}
