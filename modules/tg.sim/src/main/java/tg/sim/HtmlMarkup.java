package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The `HTML` parse mode, with the official error texts. Confined to one thread.
final class HtmlMarkup {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("a", "text_link"),
          Map.entry("b", "bold"),
          Map.entry("strong", "bold"),
          Map.entry("i", "italic"),
          Map.entry("em", "italic"),
          Map.entry("s", "strikethrough"),
          Map.entry("strike", "strikethrough"),
          Map.entry("del", "strikethrough"),
          Map.entry("u", "underline"),
          Map.entry("ins", "underline"),
          Map.entry("tg-spoiler", "spoiler"),
          Map.entry("span", "spoiler"),
          Map.entry("tg-emoji", "custom_emoji"),
          Map.entry("pre", "pre"),
          Map.entry("code", "code"),
          Map.entry("blockquote", "blockquote"));

  private record Open(HtmlTag tag, int offset) {}

  private final MarkupText in;
  private final StringBuilder out = new StringBuilder();
  private final List<Entity> entities = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();

  private HtmlMarkup(String text) {
    in = new MarkupText(text);
  }

  static Formatted parse(String text) throws MarkupError {
    return new HtmlMarkup(text).run();
  }

  private Formatted run() throws MarkupError {
    while (!in.ended()) {
      char c = in.now();
      if (c == '&') {
        HtmlReference.read(in, out);
      } else if (c != '<') {
        out.append(c);
        in.at++;
      } else if (in.ahead(1) == '/') {
        endTag();
      } else {
        open.push(new Open(startTag(), out.length()));
      }
    }
    if (!open.isEmpty()) {
      throw new MarkupError(
          "Can't find end tag corresponding to start tag \"" + open.element().tag.name() + "\"");
    }
    return new Formatted(
        out.toString(), entities.stream().map(HtmlMarkup::withoutCodeLanguage).toList());
  }

  private HtmlTag startTag() throws MarkupError {
    HtmlTag tag = HtmlTag.read(in, TYPES.keySet());
    if (tag.name().equals("span") && !tag.argument().equals("spoiler")) {
      throw new MarkupError(
          "Tag \"span\" must have class \"tg-spoiler\" at byte offset "
              + in.bytesBefore(tag.begin()));
    }
    return tag;
  }

  private void endTag() throws MarkupError {
    int begin = in.at;
    String where = " at byte offset " + in.bytesBefore(begin);
    if (open.isEmpty()) {
      throw new MarkupError("Unexpected end tag" + where);
    }
    in.at += 2;
    int nameBegin = in.at;
    while (!in.ended() && !MarkupText.space(in.now()) && in.now() != '>') {
      in.at++;
    }
    String name = in.text.substring(nameBegin, in.at).toLowerCase(Locale.ROOT);
    while (!in.ended() && MarkupText.space(in.now())) {
      in.at++;
    }
    if (in.now() != '>') {
      throw new MarkupError("Unclosed end tag" + where);
    }
    in.at++;
    Open ended = open.pop();
    String expected = ended.tag.name();
    if (!name.isEmpty() && !name.equals(expected)) {
      throw new MarkupError(
          "Unmatched end tag"
              + where
              + ", expected \"</"
              + expected
              + ">\", found \"</"
              + name
              + ">\"");
    }
    if (out.length() > ended.offset) {
      close(ended);
    }
  }

  private void close(Open ended) throws MarkupError {
    HtmlTag tag = ended.tag;
    int length = out.length() - ended.offset;
    switch (tag.name()) {
      case "a" -> {
        String url = tag.argument().isEmpty() ? out.substring(ended.offset) : tag.argument();
        Links.entity(url, ended.offset, length).ifPresent(entities::add);
      }
      case "tg-emoji" -> {
        if (!tag.argument().matches("[1-9][0-9]{0,18}")) {
          throw new MarkupError("Invalid custom emoji identifier specified");
        }
        add("custom_emoji", ended.offset, new JsonObject().add("custom_emoji_id", tag.argument()));
      }
      case "pre", "code" -> code(tag, ended.offset, length);
      case "blockquote" ->
          add(
              tag.argument().isEmpty() ? "blockquote" : "expandable_blockquote",
              ended.offset,
              new JsonObject());
      default -> add(String.valueOf(TYPES.get(tag.name())), ended.offset, new JsonObject());
    }
  }

  /* <pre><code class="language-x"> is one entity; until its <pre> is seen, a code entity carries its language. */
  private void code(HtmlTag tag, int offset, int length) {
    Entity inner = entities.isEmpty() ? null : entities.getLast();
    boolean same = inner != null && inner.offset() == offset && inner.length() == length;
    if (inner != null
        && same
        && tag.name().equals("pre")
        && inner.type().equals("code")
        && !inner.extra().isEmpty()) {
      entities.removeLast();
      add("pre", offset, inner.extra());
      return;
    }
    JsonObject extra = new JsonObject();
    if (!tag.argument().isEmpty()) {
      extra.add("language", tag.argument());
    }
    if (inner != null
        && same
        && tag.name().equals("code")
        && inner.type().equals("pre")
        && !extra.isEmpty()) {
      entities.removeLast();
      add("pre", offset, extra);
      return;
    }
    add(tag.name(), offset, extra);
  }

  private void add(String type, int offset, JsonObject extra) {
    entities.add(new Entity(type, offset, out.length() - offset, extra));
  }

  private static Entity withoutCodeLanguage(Entity entity) {
    return entity.type().equals("code")
        ? Entity.of("code", entity.offset(), entity.length())
        : entity;
  }
}
