package tg.text;

/// A text is not in Telegram's HTML. The message says what is wrong, and where.
public final class InvalidHtml extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidHtml(String message) {
    super(message);
  }
}
