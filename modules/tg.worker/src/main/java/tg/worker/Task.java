package tg.worker;

import java.util.Locale;

/// What a person asked for. Immutable.
///
/// @param id unique, and the same however often it runs
/// @param user who asked
/// @param command the command without the slash, or empty for a plain text
/// @param text the text after the command, or all of it; may be empty
/// @param attempt 1 for the first run, and greater for each further one: a fencing token for writes
///   outside
public record Task(String id, User user, String command, String text, long attempt) {

  /// Who asked.
  ///
  /// @param id Telegram's user id
  /// @param name as it is shown
  /// @param language the language of the person's app
  public record User(long id, String name, Locale language) {}
}
