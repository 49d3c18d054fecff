package tg.outbox;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tg.api.Button;
import tg.queue.JobId;

/// A button that does something to a task. Immutable. What it carries can be forged by whoever
/// presses it, so the task itself must be asked whose it is.
///
/// @param verb what it does
/// @param task to which task
/// @param owner who asked for the task, by Telegram's user id
public record TaskButton(Verb verb, JobId task, long owner) {
  private static final Pattern FORM = Pattern.compile("([cr])/([A-Za-z0-9._:-]{1,45})/(\\d{1,15})");

  /// What buttons do.
  public enum Verb {
    /// Stops the task.
    CANCEL("c"),
    /// Does a failed task again.
    RETRY("r");

    private final String letter;

    Verb(String letter) {
      this.letter = letter;
    }
  }

  /// {@return what a press brought, or null when it is not from a button like this}
  public static @Nullable TaskButton of(String data) {
    var match = FORM.matcher(data);
    if (!match.matches()) {
      return null;
    }
    var verb = match.group(1).equals("c") ? Verb.CANCEL : Verb.RETRY;
    return new TaskButton(verb, new JobId(match.group(2)), Long.parseLong(match.group(3)));
  }

  /// {@return the row with this button alone}
  ///
  /// @param label what it says
  public List<List<Button>> row(String label) {
    return List.of(List.of(new Button(label, verb.letter + "/" + task + "/" + owner)));
  }
}
