package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.time.Instant;

/// What a message shows from a time on. Immutable.
///
/// @param markup the keyboard, or an empty object
record Version(Instant at, Content content, JsonObject markup) {
  boolean shows(Content other, JsonObject otherMarkup) {
    return content.equals(other) && inline().equals(otherMarkup);
  }

  /// {@return the markup if it is an inline keyboard, else an empty object}
  JsonObject inline() {
    return markup.get("inline_keyboard") != null ? markup : new JsonObject();
  }
}
