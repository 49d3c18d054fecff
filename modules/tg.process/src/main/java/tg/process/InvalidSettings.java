package tg.process;

import java.util.List;

/// Variables that are missing, wrong or unknown; the message has a line for each, and no secret.
public final class InvalidSettings extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidSettings(List<String> problems) {
    super("The settings cannot be used:\n  - " + String.join("\n  - ", problems));
  }
}
