package tg.process;

import java.util.List;

/// Variables that are missing, wrong or unknown, or name something that cannot be used; the message
/// has a line for each, and no secret. A process that meets it ends with status 2.
public final class InvalidSettings extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// Tells every problem.
  ///
  /// @param problems a line for each: what is wrong, and what to do
  public InvalidSettings(List<String> problems) {
    super("The settings cannot be used:\n  - " + String.join("\n  - ", problems));
  }
}
