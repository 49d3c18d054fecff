package tg.sim;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// The verbs of the control API with which people act in chats. Used with the [World]'s lock held.
final class PeopleVerbs {
  private final People people;
  private final Where where;

  PeopleVerbs(Desk desk) {
    people = desk.people;
    where = new Where(desk);
  }

  void addTo(Map<String, ControlEdge.Verb> verbs) {
    verbs.put("say", this::say);
    verbs.put("press", this::press);
    verbs.put("edit", this::edit);
    verbs.put("delete", this::delete);
    verbs.put("react", this::react);
  }

  private JsonValue say(JsonObject body) {
    Speech speech =
        speech(body)
            .from(Fields.number(body, "from").orElse(0L))
            .replyTo(Where.small(body, "reply_to", 0))
            .thread(Where.small(body, "thread", 0));
    return SimJson.message(people.say(where.chat(body), speech));
  }

  private static Speech speech(JsonObject body) {
    String caption = Fields.text(body, "caption").orElse("");
    Optional<JsonObject> document = Fields.object(body, "document");
    if (document.isPresent()) {
      String name = Fields.text(document.get(), "name").orElse("file");
      String mime = Fields.text(document.get(), "mime_type").orElse("application/octet-stream");
      return Speech.document(name, mime, bytes(document.get())).caption(caption);
    }
    return Fields.object(body, "photo")
        .map(photo -> Speech.photo(bytes(photo)).caption(caption))
        .orElseGet(() -> Speech.text(Fields.text(body, "text").orElse("")));
  }

  private static byte[] bytes(JsonObject file) {
    try {
      return Base64.getDecoder().decode(Where.text(file, "base64"));
    } catch (IllegalArgumentException e) {
      throw SimException.invalid("\"base64\" is not Base64: " + e.getMessage());
    }
  }

  private JsonValue press(JsonObject body) {
    Chat chat = where.chat(body);
    long message = Where.number(body, "message_id");
    String data =
        Fields.text(body, "data")
            .orElseGet(() ->
                People.dataAt(
                    chat, message, Where.small(body, "row", 0), Where.small(body, "column", 0)));
    return SimJson.callback(people.press(chat, message, from(body), data));
  }

  private JsonValue edit(JsonObject body) {
    String text = Fields.text(body, "text").orElse("");
    return SimJson.message(people.edit(where.chat(body), Where.number(body, "message_id"), text));
  }

  private JsonValue delete(JsonObject body) {
    boolean unnoticed = Fields.flag(body, "unnoticed");
    return SimJson.message(
        people.delete(where.chat(body), Where.number(body, "message_id"), unnoticed));
  }

  private JsonValue react(JsonObject body) {
    String emoji = Fields.text(body, "emoji").orElse("");
    long message = Where.number(body, "message_id");
    return SimJson.message(people.react(where.chat(body), message, from(body), emoji));
  }

  private static long from(JsonObject body) {
    return Fields.number(body, "from").orElse(0L);
  }
}
