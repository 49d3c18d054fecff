package tg.text;

import java.util.Map;

/// The phrases in one language. Immutable.
///
/// @param <P> the phrases
public final class Voice<P extends Enum<P>> {
  private final String language;
  private final Map<String, String> words;

  Voice(String language, Map<String, String> words) {
    this.language = language;
    this.words = words;
  }

  /// {@return the primary subtag of the language}
  public String language() {
    return language;
  }

  /// {@return a phrase}
  ///
  /// @param things what stands for `{0}`, `{1}`…; whole numbers are written in groups of three
  public String say(P phrase, Object... things) {
    return fill(Phrases.key(phrase), things);
  }

  /// {@return a phrase in the form that goes with a number}
  ///
  /// @param number stands for `{0}`
  /// @param more what stands for `{1}`, `{2}`…
  public String count(P phrase, long number, Object... more) {
    var things = new Object[more.length + 1];
    things[0] = number;
    System.arraycopy(more, 0, things, 1, more.length);
    return fill(Phrases.key(phrase) + Phrases.suffix(Plural.of(language, number)), things);
  }

  private String fill(String key, Object... things) {
    var pattern = words.get(key);
    if (pattern == null) {
      throw new IllegalArgumentException("'" + key + "' is said in another form in " + language);
    }
    var text = new StringBuilder(pattern.length() + 32);
    int at = 0;
    while (at < pattern.length()) {
      int place = place(pattern, at);
      if (place >= 0 && place < things.length) {
        text.append(shown(things[place]));
        at += 3;
      } else {
        text.append(pattern.charAt(at++));
      }
    }
    return text.toString();
  }

  /// Which thing `{0}` to `{9}` stands for; -1 when it is something else.
  private static int place(String pattern, int at) {
    return pattern.charAt(at) == '{' && at + 2 < pattern.length() && pattern.charAt(at + 2) == '}'
        ? Character.digit(pattern.charAt(at + 1), 10)
        : -1;
  }

  private String shown(Object thing) {
    return switch (thing) {
      case Long number -> number(number);
      case Integer number -> number(number);
      default -> thing.toString();
    };
  }

  /// {@return a number in groups of three}
  public String number(long number) {
    var digits = new StringBuilder(Long.toString(number));
    // A no-break space in all languages here but English; four digits need no groups there.
    var separator = language.equals("en") ? "," : "\u00a0";
    int least = number < 0 ? 1 : 0;
    if (!language.equals("en") && digits.length() - least <= 4) {
      return digits.toString();
    }
    for (int at = digits.length() - 3; at > least; at -= 3) {
      digits.insert(at, separator);
    }
    return digits.toString();
  }
}
