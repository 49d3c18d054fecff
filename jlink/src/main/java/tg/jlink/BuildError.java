package tg.jlink;

/// The files cannot be built; the message says what to do.
final class BuildError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BuildError(String message) {
    super(message);
  }
}
