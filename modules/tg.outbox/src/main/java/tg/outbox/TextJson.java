package tg.outbox;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import tg.text.RichText;
import tg.text.Style;

/// How a text and its styles are written in a letter.
final class TextJson {
  private TextJson() {}

  static JsonObject write(RichText text) {
    var json = Json.object().add("value", text.text());
    if (text.styles().isEmpty()) {
      return json;
    }
    var styles = new JsonArray();
    for (var style : text.styles()) {
      styles.add(
          new JsonArray()
              .add(style.kind().name())
              .add(style.offset())
              .add(style.length())
              .add(style.detail()));
    }
    return json.add("styles", styles);
  }

  static RichText read(JsonObject json) {
    var styles = new ArrayList<Style>();
    if (json.get("styles") instanceof JsonArray all) {
      for (var one : all) {
        var style = one.asArray();
        styles.add(
            new Style(
                Style.Kind.valueOf(style.get(0).asString()),
                style.get(1).asInt(),
                style.get(2).asInt(),
                style.get(3).asString()));
      }
    }
    return new RichText(json.getString("value", ""), styles);
  }
}
