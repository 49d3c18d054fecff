package tg.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads Telegram's HTML (Bot API, "HTML style"). Confined to one thread at a time.
final class HtmlReader {
  private static final int LONGEST_REFERENCE = 13;

  private final String html;
  private final StringBuilder text = new StringBuilder();
  private final List<Style> styles = new ArrayList<>();
  private final ArrayDeque<Open> open = new ArrayDeque<>();
  private int at;

  private record Open(Tag tag, int offset, boolean verbatim) {}

  private HtmlReader(String html) {
    this.html = html;
  }

  static RichText read(String html) {
    var reader = new HtmlReader(html);
    while (reader.at < html.length()) {
      reader.step();
    }
    if (!reader.open.isEmpty()) {
      throw reader.invalid("<" + reader.open.getFirst().tag.name() + "> is not closed");
    }
    return new RichText(reader.text.toString(), reader.styles);
  }

  private void step() {
    char c = html.charAt(at);
    if (c == '<') {
      if (html.startsWith("</", at)) {
        end();
      } else {
        start();
      }
    } else if (c == '&') {
      at += reference(html, at, text);
    } else {
      text.append(c);
      at++;
    }
  }

  private void start() {
    int begin = at++;
    var name = name();
    Map<String, String> attributes = new HashMap<>();
    while (!skipSpaceTo('>')) {
      var key = name();
      if (key.isEmpty()) {
        throw invalid("there is no attribute's name in <" + name + ">");
      }
      attributes.put(key, skipSpaceTo('=') ? value() : "");
    }
    var tag = Tag.of(name, attributes(attributes));
    if (tag == null) {
      at = begin;
      throw invalid("<" + name + "> is not a tag of Telegram; write &lt; for a <");
    }
    boolean inside = !open.isEmpty() && open.getFirst().verbatim;
    open.push(new Open(tag, text.length(), inside || (tag.kind() != null && verbatim(tag))));
  }

  private static boolean verbatim(Tag tag) {
    return tag.kind() == Style.Kind.PRE || tag.kind() == Style.Kind.CODE;
  }

  private static Tag.Attributes attributes(Map<String, String> all) {
    return new Tag.Attributes() {
      @Override
      public String value(String name) {
        return all.getOrDefault(name, "");
      }

      @Override
      public boolean has(String name) {
        return all.containsKey(name);
      }
    };
  }

  private void end() {
    at += 2;
    var name = name();
    if (!skipSpaceTo('>')) {
      throw invalid("</" + name + " has no end");
    }
    var last = open.poll();
    if (last == null || !(name.isEmpty() || name.equals(last.tag.name()))) {
      throw invalid(
          "</"
              + name
              + "> closes nothing"
              + (last == null ? "" : "; <" + last.tag.name() + "> is open"));
    }
    int length = text.length() - last.offset;
    if (length == 0) {
      return;
    }
    var outer = open.peek();
    if (outer != null && outer.verbatim) {
      nameLanguage(last, outer, length);
      return;
    }
    add(last, length);
  }

  private void add(Open last, int length) {
    var kind = last.tag.kind();
    if (kind == null) {
      return;
    }
    var detail = kind == Style.Kind.CODE ? "" : last.tag.detail();
    if (kind.verbatim()) {
      forgetWithin(last.offset, kind);
    }
    styles.add(new Style(kind, last.offset, length, detail));
  }

  /// What a tag encloses was added last.
  private void forgetWithin(int offset, Style.Kind kind) {
    int first = styles.size();
    while (first > 0 && styles.get(first - 1).offset() >= offset) {
      first--;
    }
    styles.subList(first, styles.size()).removeIf(style -> style.kind() != kind);
  }

  /// `<pre><code class="language-java">…</code></pre>` is one style with a language.
  private void nameLanguage(Open code, Open pre, int length) {
    if (code.tag.kind() == Style.Kind.CODE
        && pre.tag.kind() == Style.Kind.PRE
        && !code.tag.detail().isEmpty()
        && code.offset == pre.offset
        && html.startsWith("</pre", at)
        && length > 0) {
      open.pop();
      open.push(new Open(new Tag("pre", Style.Kind.PRE, code.tag.detail()), pre.offset, true));
    }
  }

  private String name() {
    int begin = at;
    while (at < html.length()
        && (Character.isLetterOrDigit(html.charAt(at)) || html.charAt(at) == '-')) {
      at++;
    }
    return html.substring(begin, at).toLowerCase(Locale.ROOT);
  }

  /// Skips white space, and the character when it is there.
  private boolean skipSpaceTo(char c) {
    while (at < html.length() && Character.isWhitespace(html.charAt(at))) {
      at++;
    }
    if (at >= html.length()) {
      throw invalid("a tag has no end");
    }
    if (html.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private String value() {
    while (at < html.length() && Character.isWhitespace(html.charAt(at))) {
      at++;
    }
    char quote = at < html.length() ? html.charAt(at) : '>';
    if (quote != '"' && quote != '\'') {
      int begin = at;
      while (at < html.length() && " \t\r\n>".indexOf(html.charAt(at)) < 0) {
        at++;
      }
      return decoded(html.substring(begin, at));
    }
    int end = html.indexOf(quote, at + 1);
    if (end < 0) {
      throw invalid("an attribute's value has no end");
    }
    var value = html.substring(at + 1, end);
    at = end + 1;
    return decoded(value);
  }

  private static String decoded(String value) {
    var decoded = new StringBuilder();
    for (int i = 0; i < value.length(); ) {
      if (value.charAt(i) == '&') {
        i += reference(value, i, decoded);
      } else {
        decoded.append(value.charAt(i++));
      }
    }
    return decoded.toString();
  }

  /// Appends what a reference like `&lt;` or `&#8364;` stands for; one that is not known is shown
  /// as it is.
  ///
  /// @return how many characters it takes
  private static int reference(String html, int at, StringBuilder to) {
    int end = html.indexOf(';', at, Math.min(html.length(), at + LONGEST_REFERENCE));
    var name = end < 0 ? "" : html.substring(at + 1, end);
    switch (name) {
      case "lt" -> to.append('<');
      case "gt" -> to.append('>');
      case "amp" -> to.append('&');
      case "quot" -> to.append('"');
      default -> {
        var number = number(name);
        if (number == null) {
          to.append('&');
          return 1;
        }
        to.appendCodePoint(number);
      }
    }
    return end - at + 1;
  }

  private static @Nullable Integer number(String name) {
    if (!name.matches("#(\\d{1,7}|[xX][0-9a-fA-F]{1,6})")) {
      return null;
    }
    boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
    int number =
        hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
    boolean shown = number > 0 && Character.isValidCodePoint(number) && !surrogate(number);
    return shown ? number : null;
  }

  private static boolean surrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private InvalidHtml invalid(String what) {
    return new InvalidHtml(what + " (at character " + at + ")");
  }
}
