package tg.sim;

import com.eclipsesource.json.JsonObject;

/// An answer of the Bot API that is not `ok`. Immutable.
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient JsonObject parameters;
  private final boolean earned;

  private ApiError(int code, String description, JsonObject parameters, boolean earned) {
    super(description, null, false, false);
    this.code = code;
    this.parameters = parameters;
    this.earned = earned;
  }

  private ApiError(int code, String description, JsonObject parameters) {
    this(code, description, parameters, false);
  }

  static ApiError of(int code, String description) {
    return new ApiError(code, description, new JsonObject());
  }

  /// What a bot gets that is faster than the flood limits allow.
  static ApiError flood(long seconds) {
    ApiError plain = tooMany(seconds);
    return new ApiError(429, plain.description(), plain.parameters, true);
  }

  /// The text gets the official prefix; its first letter is made small as the official server does,
  /// unless it is a constant.
  static ApiError bad(String what) {
    return of(400, "Bad Request: " + lowered(what));
  }

  static ApiError forbidden(String what) {
    return of(403, "Forbidden: " + what);
  }

  static ApiError conflict(String what) {
    return of(409, "Conflict: " + what);
  }

  static ApiError tooMany(long seconds) {
    return new ApiError(
        429,
        "Too Many Requests: retry after " + seconds,
        new JsonObject().add("retry_after", seconds));
  }

  static ApiError migrated(long to) {
    return new ApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        new JsonObject().add("migrate_to_chat_id", to));
  }

  private static String lowered(String what) {
    if (what.length() < 2 || what.charAt(1) == '_' || Character.isUpperCase(what.charAt(1))) {
      return what;
    }
    return Character.toLowerCase(what.charAt(0)) + what.substring(1);
  }

  int code() {
    return code;
  }

  String description() {
    return String.valueOf(getMessage());
  }

  /// {@return whether this is for a pace above the flood limits}
  boolean earned() {
    return earned;
  }

  /// {@return `retry_after` or `migrate_to_chat_id`, or an empty object}
  JsonObject parameters() {
    return parameters;
  }
}
