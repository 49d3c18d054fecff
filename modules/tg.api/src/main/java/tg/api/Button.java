package tg.api;

import static java.nio.charset.StandardCharsets.UTF_8;

/// An inline button that reports its press to the bot. Immutable.
///
/// @param label what it says; not empty
/// @param data what comes back in {@link Update.ButtonPress}; 1 to 64 bytes of UTF-8 (Bot API,
///   InlineKeyboardButton)
public record Button(String label, String data) {
  /// Checks the limits.
  public Button {
    int bytes = data.getBytes(UTF_8).length;
    if (label.isBlank() || bytes < 1 || bytes > 64) {
      throw new IllegalArgumentException(
          "a button needs a label and 1 to 64 bytes of data; '" + label + "' has " + bytes);
    }
  }
}
