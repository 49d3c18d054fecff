package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.util.List;

/// Finds the chats, people and bots that the body of a verb names or leaves out. Used with the
/// [World]'s lock held.
record Where(Desk desk) {
  Chat chat(JsonObject body) {
    String key = Fields.of(body, "chat").map(Fields::plain).orElse("");
    if (!key.isEmpty()) {
      return desk.places.chat(key);
    }
    long user = Fields.number(body, "from").orElse(1001L);
    return desk.world.privateChat(bot(body), desk.places.user(user));
  }

  /// {@return the bot that is named, or the only one}
  Bot bot(JsonObject body) {
    if (Fields.of(body, "bot").isPresent()) {
      return desk.places.bot(number(body, "bot"));
    }
    List<Bot> bots = desk.world.bots();
    if (bots.size() != 1) {
      throw SimException.invalid(
          "There are " + bots.size() + " bots; say which with \"chat\" or \"bot\"");
    }
    return bots.getFirst();
  }

  User user(JsonObject body) {
    return desk.places.user(number(body, "user"));
  }

  /// {@return the bot or the user that is named}
  Sender who(JsonObject body) {
    return Fields.of(body, "bot").isPresent() ? bot(body) : user(body);
  }

  static long number(JsonObject body, String name) {
    return Fields.number(body, name)
        .orElseThrow(() -> SimException.invalid("\"" + name + "\" must be a number"));
  }

  static int small(JsonObject body, String name, int absent) {
    long number = Fields.number(body, name).orElse((long) absent);
    return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  static String text(JsonObject body, String name) {
    return Fields.text(body, name)
        .filter(text -> !text.isBlank())
        .orElseThrow(
            () -> SimException.invalid("\"" + name + "\" must be a text that is not empty"));
  }
}
