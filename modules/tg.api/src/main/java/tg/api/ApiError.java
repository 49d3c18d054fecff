package tg.api;

import java.time.Duration;

/// Why Telegram did not do what we asked. Immutable. No case carries the token.
public sealed interface ApiError {
  /// {@return one line for a log}
  String description();

  /// 429: wait, then repeat. Applies to the call's chat.
  ///
  /// @param retryAfter how long to wait, from `parameters.retry_after`, else from the header
  ///   `Retry-After`; 5 s when neither says
  /// @param description Telegram's words
  record FloodWait(Duration retryAfter, String description) implements ApiError {}

  /// 403: we may not speak there (blocked, kicked, deactivated, never started). Final.
  ///
  /// @param description Telegram's words
  record Blocked(String description) implements ApiError {}

  /// 400 with `migrate_to_chat_id`: the group is a supergroup now. Repeat there; message ids of the
  /// old chat are void.
  ///
  /// @param to the new chat id
  /// @param description Telegram's words
  record Migrated(long to, String description) implements ApiError {}

  /// 400, 404, 413 and the like, or a file that is missing or too large: repeating will not help.
  /// Final.
  ///
  /// @param code the HTTP status, or the one that fits
  /// @param description Telegram's words
  record BadRequest(int code, String description) implements ApiError {}

  /// 401, or the public server's 404 "Not Found" for a malformed token: the token is not (or no
  /// longer) valid. An operator must act.
  ///
  /// @param description Telegram's words
  record Unauthorized(String description) implements ApiError {}

  /// 409: somebody else polls with this token, or a webhook is set.
  ///
  /// @param description Telegram's words
  record Conflict(String description) implements ApiError {}

  /// 5xx other than 504; or the connection could not be made, or the call was interrupted or closed
  /// before the request was written; or a proxy refused on its own; or a download broke: the call
  /// was not applied. Repeat later.
  ///
  /// @param description what happened
  record Unavailable(String description) implements ApiError {}

  /// The request went out, at least in part, and no usable reply came (silence, 504, a connection
  /// that broke, half a reply, one that is not the Bot API's, an interrupt, closing): it may or may
  /// not have been applied.
  ///
  /// @param description what happened
  record UnknownOutcome(String description) implements ApiError {}
}
