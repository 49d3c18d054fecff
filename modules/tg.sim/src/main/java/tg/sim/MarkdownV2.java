package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `MarkdownV2` parse mode, with the official error texts. Confined to one thread.
final class MarkdownV2 {
  /* The names are those of the error texts; type is the Bot API's. */
  private enum Kind {
    Bold("bold", "*"),
    Italic("italic", "_"),
    Underline("underline", "__"),
    Strikethrough("strikethrough", "~"),
    Spoiler("spoiler", "||"),
    Code("code", "`"),
    Pre("pre", "```"),
    PreCode("pre", "```"),
    TextUrl("text_link", "]"),
    CustomEmoji("custom_emoji", "]"),
    BlockQuote("blockquote", "");

    final String type;
    final String end;

    Kind(String type, String end) {
      this.type = type;
      this.end = end;
    }

    boolean literal() {
      return this == Code || this == Pre || this == PreCode;
    }
  }

  private record Open(Kind kind, String language, int offset, int begin) {}

  private static final String RESERVED = "_*[]()~`>#+-=|{}.!\n";
  private static final Pattern EMOJI = Pattern.compile("tg://emoji\\?id=(\\d{1,19})");

  private final MarkupText in;
  private final StringBuilder out = new StringBuilder();
  private final List<Entity> entities = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private boolean quoting;

  private MarkdownV2(String text) {
    in = new MarkupText(text);
  }

  static Formatted parse(String text) throws MarkupError {
    return new MarkdownV2(text).run();
  }

  private Formatted run() throws MarkupError {
    while (!in.ended()) {
      char c = in.now();
      if (c == '\\' && in.ahead(1) > 0 && in.ahead(1) <= 126) {
        out.append(in.ahead(1));
        in.at += 2;
      } else if (!reserved(c)) {
        out.append(c);
        in.at++;
      } else if (quoting && c == '\n' && in.ahead(1) != '>') {
        endQuote();
      } else if (ends()) {
        end();
      } else {
        begin(c);
      }
    }
    Open last = open.peek();
    if (quoting && last != null && last.kind == Kind.BlockQuote) {
      closeQuote(open.pop());
    }
    if (!open.isEmpty()) {
      throw unclosed(open.element());
    }
    return new Formatted(out.toString(), entities);
  }

  private boolean reserved(char c) {
    Open last = open.peek();
    boolean literal = last != null && last.kind.literal();
    return literal ? c == '`' : RESERVED.indexOf(c) >= 0;
  }

  private boolean ends() {
    Open last = open.peek();
    if (last == null || last.kind == Kind.BlockQuote || !in.looksAt(last.kind.end)) {
      return false;
    }
    return last.kind != Kind.Italic || in.ahead(1) != '_';
  }

  private void begin(char c) throws MarkupError {
    int begin = in.at;
    if (c == '\n') {
      newLine();
      return;
    }
    Kind kind =
        switch (c) {
          case '_' -> in.looksAt("__") ? Kind.Underline : Kind.Italic;
          case '*' -> Kind.Bold;
          case '~' -> Kind.Strikethrough;
          case '|' -> in.looksAt("||") ? Kind.Spoiler : refuse(c);
          case '[' -> Kind.TextUrl;
          case '`' -> in.looksAt("```") ? Kind.Pre : Kind.Code;
          case '!' -> in.looksAt("![") ? Kind.CustomEmoji : refuse(c);
          case '>' -> begin == 0 ? Kind.BlockQuote : refuse(c);
          default -> refuse(c);
        };
    if (kind == Kind.Spoiler && closesExpandable()) {
      return;
    }
    in.at +=
        kind == Kind.TextUrl ? 1 : kind == Kind.CustomEmoji ? 2 : Math.max(1, kind.end.length());
    String language = kind == Kind.Pre ? in.language() : "";
    quoting |= kind == Kind.BlockQuote;
    open.push(new Open(language.isEmpty() ? kind : Kind.PreCode, language, out.length(), begin));
  }

  /* "||" as the last thing of a quotation's last line makes the quotation expandable. */
  private boolean closesExpandable() {
    Open last = open.peek();
    if (last == null || last.kind != Kind.BlockQuote) {
      return false;
    }
    char after = in.ahead(2);
    boolean atEnd = after == 0 || (after == '\n' && in.ahead(3) != '>');
    if (atEnd) {
      in.at += 2;
      open.pop();
      quoting = false;
      add("expandable_blockquote", last.offset, new JsonObject());
    }
    return atEnd;
  }

  private void newLine() {
    out.append('\n');
    in.at++;
    if (in.now() == '>') {
      in.at++;
      if (!quoting) {
        quoting = true;
        open.push(new Open(Kind.BlockQuote, "", out.length(), in.at - 1));
      }
    }
  }

  private void end() throws MarkupError {
    Open ended = open.pop();
    in.at += ended.kind.end.length();
    JsonObject extra = new JsonObject();
    switch (ended.kind) {
      case TextUrl -> {
        String url = in.now() == '(' ? target("a URL") : out.substring(ended.offset);
        if (out.length() > ended.offset) {
          Links.entity(url, ended.offset, out.length() - ended.offset).ifPresent(entities::add);
        }
        return;
      }
      case CustomEmoji -> extra.add("custom_emoji_id", customEmoji());
      case PreCode -> extra.add("language", ended.language);
      case Bold, Italic, Underline, Strikethrough, Spoiler, Code, Pre, BlockQuote -> {}
    }
    add(ended.kind.type, ended.offset, extra);
  }

  private void add(String type, int offset, JsonObject extra) {
    if (out.length() > offset) {
      entities.add(new Entity(type, offset, out.length() - offset, extra));
    }
  }

  private void endQuote() throws MarkupError {
    Open last = open.pop();
    if (last.kind != Kind.BlockQuote) {
      throw unclosed(last);
    }
    closeQuote(last);
    out.append('\n');
    in.at++;
  }

  private void closeQuote(Open quote) {
    quoting = false;
    add("blockquote", quote.offset, new JsonObject());
  }

  private String customEmoji() throws MarkupError {
    if (in.now() != '(') {
      throw new MarkupError("Custom emoji entity must contain a tg://emoji URL");
    }
    Matcher emoji = EMOJI.matcher(target("a custom emoji URL"));
    if (!emoji.matches()) {
      throw new MarkupError("Custom emoji URL must have an emoji identifier");
    }
    return emoji.group(1);
  }

  private String target(String what) throws MarkupError {
    in.at++;
    int begin = in.at;
    StringBuilder url = new StringBuilder();
    while (!in.ended() && in.now() != ')') {
      if (in.now() == '\\' && in.ahead(1) > 0 && in.ahead(1) <= 126) {
        in.at++;
      }
      url.append(in.now());
      in.at++;
    }
    if (in.ended()) {
      throw new MarkupError(
          "Can't find end of " + what + " at byte offset " + in.bytesBefore(begin));
    }
    in.at++;
    return url.toString();
  }

  private MarkupError unclosed(Open entity) {
    return new MarkupError(
        "Can't find end of "
            + entity.kind
            + " entity at byte offset "
            + in.bytesBefore(entity.begin));
  }

  private static Kind refuse(char c) throws MarkupError {
    throw new MarkupError(
        "Character '" + c + "' is reserved and must be escaped with the preceding '\\'");
  }
}
