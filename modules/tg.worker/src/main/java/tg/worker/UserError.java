package tg.worker;

/// The person asked for something that cannot be done; the message is for the person.
public final class UserError extends Exception {
  private static final long serialVersionUID = 1L;

  /// Says what is wrong and what to do, in words for the chat.
  public UserError(String message) {
    super(message);
  }
}
