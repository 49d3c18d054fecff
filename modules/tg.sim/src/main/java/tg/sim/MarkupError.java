package tg.sim;

/// A text's markup cannot be parsed; the message is the official detail, without its prefix.
final class MarkupError extends Exception {
  private static final long serialVersionUID = 1L;

  MarkupError(String message) {
    super(message, null, false, false);
  }
}
