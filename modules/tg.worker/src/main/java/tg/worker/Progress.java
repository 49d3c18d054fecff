package tg.worker;

/// Tells the person how far it is. Thread-safe. Call it as often as you like: only the newest is
/// shown, at a pace that Telegram allows.
@FunctionalInterface
public interface Progress {
  /// Says how far it is.
  ///
  /// @param percent 0 to 100; others are moved to the nearer end
  /// @param words what is being done; may be empty
  void report(int percent, String words);
}
