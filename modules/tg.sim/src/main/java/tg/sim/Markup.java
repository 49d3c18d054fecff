package tg.sim;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Reads the argument `reply_markup`.
///
/// The official server does not document where "reply markup is too long" begins; here it is 10 KiB
/// of labels, data and links.
final class Markup {
  private static final int LONGEST = 10 << 10;
  private static final int DATA_BYTES = 64;
  private static final Set<String> STYLES = Set.of("danger", "success", "primary");
  private static final List<String> ACTIONS =
      List.of(
          "url",
          "callback_data",
          "web_app",
          "login_url",
          "switch_inline_query",
          "switch_inline_query_current_chat",
          "copy_text",
          "pay");

  private Markup() {}

  /// {@return an inline keyboard, a reply keyboard, or an empty object if there is none}
  static JsonObject any(Args args) {
    if (!args.has("reply_markup")) {
      return new JsonObject();
    }
    JsonValue value =
        args.json("reply_markup")
            .orElseThrow(() -> bad("Can't parse reply keyboard markup JSON object"));
    if (!value.isObject()) {
      throw bad("Object expected as reply markup");
    }
    JsonObject json = value.asObject();
    JsonValue inline = json.get("inline_keyboard");
    if (inline != null) {
      return inline(inline);
    }
    if (json.get("keyboard") != null
        || Fields.flag(json, "remove_keyboard")
        || Fields.flag(json, "force_reply")) {
      return json;
    }
    return new JsonObject();
  }

  /// {@return an inline keyboard, or an empty object}
  static JsonObject inlineOnly(Args args) {
    JsonObject markup = any(args);
    if (!markup.isEmpty() && markup.get("inline_keyboard") == null) {
      throw bad("Inline keyboard expected");
    }
    return markup;
  }

  private static JsonObject inline(JsonValue rows) {
    if (!rows.isArray()) {
      throw bad(
          "Field \"inline_keyboard\" of the InlineKeyboardMarkup should be an Array of Arrays");
    }
    JsonArray kept = new JsonArray();
    int size = 0;
    for (JsonValue row : rows.asArray()) {
      if (!row.isArray()) {
        throw bad(
            "Field \"inline_keyboard\" of the InlineKeyboardMarkup should be an Array of Arrays");
      }
      JsonArray buttons = new JsonArray();
      for (JsonValue button : row.asArray()) {
        JsonObject clean = button(button);
        size += clean.toString().length();
        buttons.add(clean);
      }
      if (!buttons.isEmpty()) {
        kept.add(buttons);
      }
    }
    if (size > LONGEST) {
      throw bad("Reply markup is too long");
    }
    return kept.isEmpty() ? new JsonObject() : new JsonObject().add("inline_keyboard", kept);
  }

  /* Rebuilt with its members in one order, so that equal keyboards are equal. */
  private static JsonObject button(JsonValue value) {
    if (!value.isObject()) {
      throw unparsable("Inline keyboard button must be an Object");
    }
    JsonObject json = value.asObject();
    String text = Fields.text(json, "text").orElse("");
    if (text.isBlank()) {
      throw unparsable(
          json.get("text") == null
              ? "Can't find field \"text\""
              : "Inline keyboard button text must be non-empty");
    }
    for (String action : ACTIONS) {
      JsonValue argument = json.get(action);
      if (argument != null && !argument.isNull()) {
        JsonObject clean =
            new JsonObject().add("text", text).add(action, checked(action, argument));
        return Fields.text(json, "style")
            .map(style -> clean.add("style", style(style)))
            .orElse(clean);
      }
    }
    throw unparsable("Text buttons are unallowed in the inline keyboard");
  }

  private static JsonValue checked(String action, JsonValue argument) {
    if (action.equals("callback_data")) {
      int bytes = Fields.plain(argument).getBytes(StandardCharsets.UTF_8).length;
      if (bytes < 1 || bytes > DATA_BYTES) {
        throw ApiError.of(400, "Bad Request: BUTTON_DATA_INVALID");
      }
    } else if (action.equals("url") && Links.checked(Fields.plain(argument)).isEmpty()) {
      throw ApiError.of(
          400,
          "Bad Request: inline keyboard button URL '"
              + Fields.plain(argument)
              + "' is invalid: Wrong HTTP URL");
    }
    return argument;
  }

  private static String style(String style) {
    if (!STYLES.contains(style)) {
      throw unparsable("invalid button style specified");
    }
    return style;
  }

  private static ApiError unparsable(String what) {
    return ApiError.of(400, "Bad Request: can't parse inline keyboard button: " + what);
  }

  private static ApiError bad(String what) {
    return ApiError.bad(what);
  }
}
