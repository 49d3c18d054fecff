package tg.outbox;

import java.util.Locale;
import java.util.Set;

/// A text taken apart: `/primes@SomeBot 100` is the command `primes` and the rest `100`. Immutable.
///
/// @param name the command in lower case, without slash and bot name; empty when the text is none,
///   or is for another bot
/// @param rest what follows the command; the whole text when there is none
public record Command(String name, String rest) {
  /// What the bot answers itself, so that no worker hears of it.
  public static final Set<String> OWN =
      Set.of(
          "start", "help", "status", "cancel", "lang", "queue", "failed", "retry", "pause",
          "resume", "workers");

  /// {@return the command at the beginning of a text}
  ///
  /// @param botName our username, so that commands for others are not taken
  public static Command of(String text, String botName) {
    var whole = text.strip();
    if (!whole.startsWith("/")) {
      return new Command("", whole);
    }
    int end = 1;
    while (end < whole.length() && !Character.isWhitespace(whole.charAt(end))) {
      end++;
    }
    var head = whole.substring(1, end);
    int at = head.indexOf('@');
    var name = at < 0 ? head : head.substring(0, at);
    if (at >= 0 && !head.substring(at + 1).equalsIgnoreCase(botName)) {
      return new Command("", whole);
    }
    // Bot API: a command is 1 to 32 of a-z 0-9 _; "/etc/hosts" is a text.
    if (!name.matches("[A-Za-z0-9_]{1,32}")) {
      return new Command("", whole);
    }
    return new Command(name.toLowerCase(Locale.ROOT), whole.substring(end).strip());
  }
}
