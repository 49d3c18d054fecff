package tg.worker;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a person asked for. Immutable.
///
/// @param id unique, and the same however often it runs
/// @param user who asked
/// @param command the command without the slash, or empty for a plain text
/// @param text the text after the command, or all of it, or the caption of the file; may be empty
/// @param attempt 1 for the first run, and greater for each further one: a fencing token for writes
///   outside
/// @param file the file that came with the message, for a handler that answers files; else null
@SuppressWarnings("exports") // For checkers that have JSpecify; nobody else needs it.
public record Task(
    String id, User user, String command, String text, long attempt, @Nullable File file) {

  /// A task without a file.
  public Task(String id, User user, String command, String text, long attempt) {
    this(id, user, command, text, attempt, null);
  }

  /// Who asked.
  ///
  /// @param id Telegram's user id
  /// @param name as it is shown
  /// @param language the language of the person's app, or the one chosen with /lang
  public record User(long id, String name, Locale language) {}

  /// A file that somebody sent. It is deleted when the task's attempt ends.
  ///
  /// @param path where it is
  /// @param name as its sender named it; may be empty, and is not to be trusted
  /// @param mediaType as its sender declared it; may be empty, and is not to be trusted
  /// @param bytes its size
  public record File(Path path, String name, String mediaType, long bytes) {}
}
