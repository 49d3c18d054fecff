package tg.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Hears of every call that was made. Thread-safe; it runs on the thread of the caller, so it must
/// be quick, and must not throw.
@FunctionalInterface
public interface CallWatcher {
  /// A call has ended.
  ///
  /// @param method the Bot API's name of it
  /// @param error why it did not succeed; null when it did
  /// @param took from the request to the reply, or to the failure
  void made(String method, @Nullable ApiError error, Duration took);
}
