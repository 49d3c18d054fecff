package tg.sim;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;

/// What a message consists of.
sealed interface Content {
  /// {@return the text or the caption, maybe empty}
  Formatted text();

  /// A text.
  record Text(Formatted text) implements Content {}

  /// A file with a caption, maybe an empty one.
  record Attachment(StoredFile file, Formatted text) implements Content {}

  /// Something that happened.
  ///
  /// @param told for people
  /// @param field the member of the Bot API's Message
  /// @param value of that member
  record Service(String told, String field, JsonValue value) implements Content {
    @Override
    public Formatted text() {
      return Formatted.EMPTY;
    }
  }

  /// Adds the members that show this in a Message of the Bot API.
  default void describe(JsonObject json) {
    switch (this) {
      case Text(Formatted text) -> formatted(json, "text", "entities", text);
      case Attachment(StoredFile file, Formatted text) -> {
        json.add(file.field(), file.json());
        formatted(json, "caption", "caption_entities", text);
      }
      case Service(String told, String field, JsonValue value) -> json.add(field, value);
    }
  }

  private static void formatted(JsonObject json, String field, String entities, Formatted text) {
    if (text.isEmpty()) {
      return;
    }
    json.add(field, text.text());
    if (!text.entities().isEmpty()) {
      json.add(entities, text.entitiesJson());
    }
  }
}
