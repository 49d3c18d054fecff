package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that a bot is to learn. Immutable, apart from the message it is about.
///
/// @param json the whole update with its id
/// @param bytes its size
/// @param expires when it is forgotten if nobody asked
/// @param lane updates of one lane are delivered to a webhook in order
/// @param about the message that the bot has read when it has this
record Update(
    int id, JsonObject json, int bytes, Instant expires, String lane, @Nullable Message about) {
  static Update of(int id, News news) {
    JsonObject json = new JsonObject().add("update_id", id).add(news.kind(), news.body());
    int bytes = json.toString().getBytes(StandardCharsets.UTF_8).length;
    return new Update(id, json, bytes, news.expires(), news.lane(), news.about());
  }
}
