package tg.api;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// The Bot API for one token. Thread-safe; calls block, so make them on virtual threads.
///
/// No call is repeated behind the caller's back: a connection that breaks after the request was
/// written gives {@link ApiError.UnknownOutcome}, because the API has no idempotency key and a
/// second request may be a second message.
public final class Telegram implements AutoCloseable {
  private Telegram() {}

  /// {@return the API at an address}
  ///
  /// @param server for example the public Bot API, or a simulator; the token is added to it
  /// @param token whose bot
  public static Telegram connect(URI server, BotToken token) {
    throw new UnsupportedOperationException(server + " " + token);
  }

  /// Makes one call.
  ///
  /// @return what Telegram answered
  /// @throws ApiException when it did not succeed; its error says whether to repeat
  public <R> R call(Call<R> call) {
    throw new UnsupportedOperationException(call.toString());
  }

  /// `getUpdates`: waits for updates. Each update is decoded by itself; one that cannot be is
  /// {@link Update.Unreadable} and does not harm its neighbours.
  ///
  /// @param offset the first `update_id` wanted; everything before it is confirmed, and forgotten
  ///   by Telegram
  /// @param limit how many at most, 1 to 100
  /// @param timeout how long to wait for the first, 0 to 50 seconds
  /// @return in Telegram's order
  /// @throws ApiException when it did not succeed
  public List<Update> updates(long offset, int limit, Duration timeout) {
    throw new UnsupportedOperationException(offset + " " + limit + " " + timeout);
  }

  /// Ends what is under way and closes the connections.
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
