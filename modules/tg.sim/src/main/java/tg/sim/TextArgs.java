package tg.sim;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads texts and captions with their markup, by the official checks in the official order: the
/// markup is parsed first, the length is checked only when the chat is known to be fine.
final class TextArgs {
  private static final int RAW_BYTES = 32_768;
  private static final int TEXT = 4_096;
  private static final int CAPTION = 1_024;
  private static final Set<String> ENTITY_TYPES =
      Set.of(
          "bold",
          "italic",
          "underline",
          "strikethrough",
          "spoiler",
          "code",
          "pre",
          "blockquote",
          "expandable_blockquote",
          "text_link",
          "text_mention",
          "custom_emoji",
          "date_time");

  private TextArgs() {}

  /// {@return the parsed text of a message, not yet trimmed or measured}
  static Formatted text(Args args) {
    String text = args.text("text");
    if (text.isEmpty()) {
      throw ApiError.bad("message text is empty");
    }
    return parsed(text, args, "entities");
  }

  static Formatted caption(Args args) {
    return parsed(args.text("caption"), args, "caption_entities");
  }

  /// {@return the text of a draft, which may be empty: it then shows that the bot thinks}
  static Formatted draft(Args args) {
    Formatted text = parsed(args.text("text"), args, "entities").trimmed();
    if (text.codePoints() > TEXT) {
      throw ApiError.bad("message is too long");
    }
    return text;
  }

  private static Formatted parsed(String text, Args args, String entities) {
    if (text.getBytes(StandardCharsets.UTF_8).length > RAW_BYTES) {
      throw ApiError.bad("text is too long");
    }
    try {
      return switch (args.text("parse_mode").strip().toLowerCase(Locale.ROOT)) {
        case "", "none" -> new Formatted(text, given(text, args, entities));
        case "html" -> HtmlMarkup.parse(text);
        case "markdown" -> LegacyMarkdown.parse(text);
        case "markdownv2" -> MarkdownV2.parse(text);
        default -> throw ApiError.bad("unsupported parse_mode");
      };
    } catch (MarkupError e) {
      throw ApiError.of(400, "Bad Request: can't parse entities: " + e.getMessage());
    }
  }

  private static List<Entity> given(String text, Args args, String name) {
    List<Entity> entities = new ArrayList<>();
    JsonValue array = args.json(name).orElse(null);
    if (array == null || !array.isArray()) {
      return entities;
    }
    for (JsonValue value : array.asArray()) {
      if (!value.isObject()) {
        throw ApiError.of(400, "Bad Request: can't parse MessageEntity: expected an Object");
      }
      JsonObject json = value.asObject();
      String type = Fields.text(json, "type").orElse("");
      long offset = Fields.number(json, "offset").orElse(0L);
      long length = Fields.number(json, "length").orElse(0L);
      if (ENTITY_TYPES.contains(type)
          && offset >= 0
          && length > 0
          && offset + length <= text.length()) {
        JsonObject extra = new JsonObject(json).remove("type").remove("offset").remove("length");
        entities.add(new Entity(type, (int) offset, (int) length, extra));
      }
    }
    return entities;
  }

  /// {@return the text of a message as it will be shown}
  static Formatted finished(Formatted parsed) {
    Formatted text = parsed.trimmed();
    if (text.isEmpty()) {
      throw ApiError.bad("text must be non-empty");
    }
    if (text.codePoints() > TEXT) {
      throw ApiError.bad("message is too long");
    }
    return text.withFound();
  }

  static Formatted finishedCaption(Formatted parsed) {
    Formatted caption = parsed.trimmed();
    if (caption.codePoints() > CAPTION) {
      throw ApiError.bad("message caption is too long");
    }
    return caption.withFound();
  }
}
