package tg.sim;

/// What was asked of the simulator by its control API cannot be done; nothing was changed.
/// Immutable.
public final class SimException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean missing;

  private SimException(String message, boolean missing) {
    super(message);
    this.missing = missing;
  }

  static SimException invalid(String message) {
    return new SimException(message, false);
  }

  static SimException missing(String message) {
    return new SimException(message, true);
  }

  /// {@return whether something that was named does not exist, as opposed to a request that makes
  /// no sense}
  public boolean missing() {
    return missing;
  }
}
