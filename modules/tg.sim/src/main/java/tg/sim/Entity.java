package tg.sim;

import com.eclipsesource.json.JsonObject;

/// A marked part of a text. Immutable.
///
/// @param type the Bot API's name, for example `bold`
/// @param offset where it starts, in UTF-16 units
/// @param length how long it is, in UTF-16 units
/// @param extra further members: `url`, `user`, `language` or `custom_emoji_id`; empty for most
///   types
record Entity(String type, int offset, int length, JsonObject extra) {
  static Entity of(String type, int offset, int length) {
    return new Entity(type, offset, length, new JsonObject());
  }

  int end() {
    return offset + length;
  }

  boolean overlaps(Entity other) {
    return offset < other.end() && other.offset < end();
  }

  Entity at(int newOffset, int newLength) {
    return new Entity(type, newOffset, newLength, extra);
  }

  JsonObject json() {
    return new JsonObject()
        .add("offset", offset)
        .add("length", length)
        .add("type", type)
        .merge(extra);
  }
}
