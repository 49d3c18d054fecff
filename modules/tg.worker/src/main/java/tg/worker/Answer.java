package tg.worker;

/// What the person gets, as a reply to the message that asked. Immutable.
///
/// @param text not blank; a text longer than Telegram's 4,096 characters is sent in several
///   messages
/// @param html whether the text is in Telegram's HTML; otherwise it is shown as it is
public record Answer(String text, boolean html) {
  /// Checks that there is something to say.
  public Answer {
    if (text.isBlank()) {
      throw new IllegalArgumentException("an answer must say something");
    }
  }

  /// {@return a text that is shown as it is}
  public static Answer text(String text) {
    return new Answer(text, false);
  }

  /// {@return a text in Telegram's HTML: `<b> <i> <u> <s> <code> <pre> <a href>`}
  public static Answer html(String text) {
    return new Answer(text, true);
  }
}
