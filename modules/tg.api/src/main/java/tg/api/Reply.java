package tg.api;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What came back over the wire, and what it means.
///
/// @param status the HTTP status
/// @param retryAfter the header of that name
/// @param body the text, of whatever kind
record Reply(int status, @Nullable String retryAfter, String body) {
  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Duration FLOOD_WAIT = Duration.ofSeconds(5);

  /// What a reply says.
  sealed interface Meaning {}

  /// It was done.
  ///
  /// @param result the member `result`
  record Ok(JsonValue result) implements Meaning {}

  /// It was not done, or nobody knows.
  record Refused(ApiError error) implements Meaning {}

  Reply withBody(String other) {
    return new Reply(status, retryAfter, other);
  }

  /// {@return what it says; Telegram's words without the secret, should a server repeat it}
  Meaning meaning(BotToken token) {
    var json = json();
    var ok = json == null ? null : json.get("ok");
    if (json == null || ok == null || !ok.isBoolean()) {
      return new Refused(foreign(json != null));
    }
    if (!ok.asBoolean()) {
      return new Refused(refusal(new Fields("", json), token));
    }
    var result = json.get("result");
    return status >= 200 && status < 300 && result != null
        ? new Ok(result)
        : new Refused(new ApiError.UnknownOutcome("HTTP " + status + " says ok, without a result"));
  }

  private @Nullable JsonObject json() {
    try {
      return Json.parse(body) instanceof JsonObject object ? object : null;
    } catch (ParseException _) {
      return null;
    }
  }

  /// The Bot API itself refused.
  private ApiError refusal(Fields json, BotToken token) {
    long code = numberOr(json, "error_code", status);
    var words = wordOr(json, "description", "HTTP " + code);
    var description = token.scrub(words.lines().collect(Collectors.joining(" ")));
    var parameters =
        json.json().get("parameters") instanceof JsonObject object ? object : Json.object();
    var hints = new Fields("parameters", parameters);
    long migratedTo = numberOr(hints, "migrate_to_chat_id", 0);
    if (code == 400 && migratedTo != 0) {
      return new ApiError.Migrated(migratedTo, description);
    }
    return switch ((int) code) {
      case 401 -> new ApiError.Unauthorized(description);
      case 403 -> new ApiError.Blocked(description);
      case 404 ->
          description.equals("Not Found") // the public server's answer to a malformed token
              ? new ApiError.Unauthorized(description)
              : new ApiError.BadRequest(404, description);
      case 409 -> new ApiError.Conflict(description);
      case 429 -> new ApiError.FloodWait(pause(numberOr(hints, "retry_after", 0)), description);
      case 504 -> new ApiError.UnknownOutcome(description);
      default -> other((int) code, description);
    };
  }

  private static ApiError other(int code, String description) {
    if (code >= 500) {
      return new ApiError.Unavailable(description);
    }
    return code >= 400
        ? new ApiError.BadRequest(code, description)
        : new ApiError.UnknownOutcome("refused with HTTP " + code + ": " + description);
  }

  /// Something on the way answered instead of the Bot API: it does not know blocked users or bad
  /// tokens, so nothing that it says about us is final.
  private ApiError foreign(boolean json) {
    var what = "HTTP " + status + (json ? " with JSON" : "") + " that is not the Bot API's";
    return switch (status) {
      case 429 -> new ApiError.FloodWait(pause(0), what);
      case 400, 413, 414, 431 -> new ApiError.BadRequest(status, what);
      case 502, 503 -> new ApiError.Unavailable(what);
      case 504 -> new ApiError.UnknownOutcome(what);
      default -> {
        boolean refused = (status >= 300 && status < 500) || (status >= 500 && json);
        yield refused ? new ApiError.Unavailable(what) : new ApiError.UnknownOutcome(what);
      }
    };
  }

  private Duration pause(long seconds) {
    if (seconds > 0 && seconds <= Integer.MAX_VALUE) {
      return Duration.ofSeconds(seconds);
    }
    return retryAfter != null && SECONDS.matcher(retryAfter.strip()).matches()
        ? Duration.ofSeconds(Long.parseLong(retryAfter.strip()))
        : FLOOD_WAIT;
  }

  /// Errors are read generously: better an error with a hole than no error.
  private static long numberOr(Fields fields, String name, long otherwise) {
    try {
      return fields.wholeOr(name, otherwise);
    } catch (Malformed _) {
      return otherwise;
    }
  }

  private static String wordOr(Fields fields, String name, String otherwise) {
    try {
      return fields.has(name) ? fields.word(name) : otherwise;
    } catch (Malformed _) {
      return otherwise;
    }
  }
}
