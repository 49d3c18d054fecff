package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// The old `Markdown` parse mode: no nesting, no escapes inside an entity. Confined to one thread.
final class LegacyMarkdown {
  private final MarkupText in;
  private final StringBuilder out = new StringBuilder();
  private final List<Entity> entities = new ArrayList<>();

  private LegacyMarkdown(String text) {
    in = new MarkupText(text);
  }

  static Formatted parse(String text) throws MarkupError {
    return new LegacyMarkdown(text).run();
  }

  private Formatted run() throws MarkupError {
    while (!in.ended()) {
      char c = in.now();
      if (c == '\\' && "_*`[".indexOf(in.ahead(1)) >= 0) {
        out.append(in.ahead(1));
        in.at += 2;
      } else if ("_*`[".indexOf(c) >= 0) {
        entity(c);
      } else {
        out.append(c);
        in.at++;
      }
    }
    return new Formatted(out.toString(), entities);
  }

  private void entity(char mark) throws MarkupError {
    int begin = in.at;
    boolean block = in.looksAt("```");
    String language = "";
    in.at += block ? 3 : 1;
    if (block) {
      language = in.language();
    }
    String end = block ? "```" : mark == '[' ? "]" : String.valueOf(mark);
    int close = in.text.indexOf(end, in.at);
    if (close < 0) {
      throw new MarkupError(
          "Can't find end of the entity starting at byte offset " + in.bytesBefore(begin));
    }
    String content = in.text.substring(in.at, close);
    int offset = out.length();
    out.append(content);
    in.at = close + end.length();
    String url = mark == '[' ? url(content) : "";
    if (content.isEmpty()) {
      return;
    }
    switch (mark) {
      case '_' -> entities.add(Entity.of("italic", offset, content.length()));
      case '*' -> entities.add(Entity.of("bold", offset, content.length()));
      case '[' -> Links.entity(url, offset, content.length()).ifPresent(entities::add);
      case '`' -> entities.add(code(block, language, offset, content.length()));
      default -> throw new IllegalStateException("No entity starts with " + mark);
    }
  }

  private String url(String content) {
    if (in.now() != '(') {
      return content;
    }
    int close = in.text.indexOf(')', in.at);
    int end = close < 0 ? in.text.length() : close;
    String url = in.text.substring(in.at + 1, end);
    in.at = Math.min(in.text.length(), end + 1);
    return url;
  }

  private static Entity code(boolean block, String language, int offset, int length) {
    JsonObject extra = new JsonObject();
    if (!language.isEmpty()) {
      extra.add("language", language);
    }
    return new Entity(block ? "pre" : "code", offset, length, extra);
  }
}
