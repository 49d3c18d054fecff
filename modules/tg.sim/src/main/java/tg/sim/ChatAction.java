package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.time.Instant;

/// What a bot shows to be doing in a chat, until a time. Immutable.
///
/// @param thread the topic, or 0
record ChatAction(long bot, String action, int thread, Instant until) {
  JsonObject json() {
    JsonObject json = new JsonObject().add("bot", bot).add("action", action);
    if (thread != 0) {
      json.add("thread", thread);
    }
    return json.add("until_at", until.toEpochMilli());
  }
}
