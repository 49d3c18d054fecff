package tg.api;

import java.time.Duration;

/// Why Telegram did not do what we asked. Immutable. No case carries the token.
public sealed interface ApiError {
  /// {@return one line for a log}
  String description();

  /// 429: wait, then repeat. Applies to the call's chat.
  ///
  /// @param retryAfter how long to wait
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

  /// 400, 404, 413 and the like: repeating will not help. Final.
  ///
  /// @param code the HTTP status
  /// @param description Telegram's words
  record BadRequest(int code, String description) implements ApiError {}

  /// 401: the token is not (or no longer) valid. An operator must act.
  ///
  /// @param description Telegram's words
  record Unauthorized(String description) implements ApiError {}

  /// 409: somebody else polls with this token, or a webhook is set.
  ///
  /// @param description Telegram's words
  record Conflict(String description) implements ApiError {}

  /// 5xx, or the connection could not be made: the call was certainly not applied. Repeat later.
  ///
  /// @param description what happened
  record Unavailable(String description) implements ApiError {}

  /// The request went out and no usable reply came: it may or may not have been applied.
  ///
  /// @param description what happened
  record UnknownOutcome(String description) implements ApiError {}
}
