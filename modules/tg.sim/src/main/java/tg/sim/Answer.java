package tg.sim;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;

/// A successful answer of a Bot API method: its result, and a description that only a few methods
/// give, else empty. Immutable.
record Answer(JsonValue result, String description) {
  static final Answer TRUE = new Answer(Json.TRUE, "");

  static Answer of(JsonValue result) {
    return new Answer(result, "");
  }

  static Answer described(String description) {
    return new Answer(Json.TRUE, description);
  }
}
