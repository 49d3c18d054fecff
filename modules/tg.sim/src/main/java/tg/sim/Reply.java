package tg.sim;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// An HTTP reply. Immutable; the bytes are never changed.
///
/// @param retryAfter seconds for the header of that name, or 0
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, String type, byte[] body, long retryAfter) {
  private static final String JSON = "application/json";

  static Reply json(int status, JsonValue json) {
    return new Reply(status, JSON, json.toString().getBytes(StandardCharsets.UTF_8), 0);
  }

  static Reply of(int status, String type, byte[] body) {
    return new Reply(status, type, body, 0);
  }

  /// The Bot API's form of a success.
  static Reply ok(Answer answer) {
    JsonObject json = new JsonObject().add("ok", true).add("result", answer.result());
    if (!answer.description().isEmpty()) {
      json.add("description", answer.description());
    }
    return json(200, json);
  }

  /// The Bot API's form of an error.
  static Reply error(ApiError error) {
    JsonObject json =
        new JsonObject()
            .add("ok", false)
            .add("error_code", error.code())
            .add("description", error.description());
    if (!error.parameters().isEmpty()) {
      json.add("parameters", error.parameters());
    }
    Reply reply = json(error.code(), json);
    return new Reply(
        reply.status, reply.type, reply.body, error.parameters().getLong("retry_after", 0));
  }

  void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    if (retryAfter > 0) {
      exchange.getResponseHeaders().set("Retry-After", String.valueOf(retryAfter));
    }
    boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
    }
  }
}
