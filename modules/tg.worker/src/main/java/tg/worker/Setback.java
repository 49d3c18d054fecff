package tg.worker;

/// It did not work this time; the message is for the person. The task is tried again as after any
/// other fault, and if it does not work in the end the person is told this message.
public final class Setback extends Exception {
  private static final long serialVersionUID = 1L;

  /// Says what went wrong, in words for the chat.
  public Setback(String message) {
    super(message);
  }

  /// Says what went wrong, in words for the chat.
  ///
  /// @param cause for the log
  public Setback(String message, Throwable cause) {
    super(message, cause);
  }
}
