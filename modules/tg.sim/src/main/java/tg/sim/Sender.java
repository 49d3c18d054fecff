package tg.sim;

import com.eclipsesource.json.JsonObject;

/// Who can write in a chat.
sealed interface Sender permits User, Bot {
  long id();

  String name();

  /// {@return the Bot API's User object}
  JsonObject json();

  /// {@return the short form that messages have in the control API}
  default JsonObject brief() {
    return new JsonObject().add("id", id()).add("name", name()).add("is_bot", this instanceof Bot);
  }
}
