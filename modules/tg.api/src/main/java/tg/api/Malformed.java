package tg.api;

/// JSON that is not what the Bot API promises. Its reason says where and why.
final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String reason;

  Malformed(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
