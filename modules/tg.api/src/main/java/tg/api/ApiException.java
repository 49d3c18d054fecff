package tg.api;

/// A call to Telegram that did not succeed.
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient ApiError error;

  /// Says what went wrong.
  ///
  /// @param method the Bot API method
  public ApiException(String method, ApiError error) {
    super(method + ": " + error.description());
    this.error = error;
  }

  /// {@return what went wrong}
  public ApiError error() {
    return error;
  }
}
