package tg.text;

import java.util.ArrayDeque;
import java.util.PriorityQueue;

/// Writes Telegram's HTML. Styles that overlap without being nested are cut where they meet.
final class HtmlWriter {
  private HtmlWriter() {}

  static String escape(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      append(escaped, text.charAt(i));
    }
    return escaped.toString();
  }

  private static void append(StringBuilder html, char c) {
    switch (c) {
      case '<' -> html.append("&lt;");
      case '>' -> html.append("&gt;");
      case '&' -> html.append("&amp;");
      case '"' -> html.append("&quot;");
      default -> html.append(c);
    }
  }

  static String write(RichText rich) {
    var text = rich.text();
    var html = new StringBuilder(text.length() + 32 * rich.styles().size());
    var coming = new PriorityQueue<>(Style.ORDER);
    coming.addAll(rich.styles());
    var open = new ArrayDeque<Style>();
    for (int at = 0; at <= text.length(); at++) {
      while (!open.isEmpty() && open.getFirst().end() == at) {
        html.append(closing(open.pop()));
      }
      while (!coming.isEmpty() && coming.element().offset() == at) {
        var next = coming.remove();
        int end = open.isEmpty() ? next.end() : Math.min(next.end(), open.getFirst().end());
        if (end < next.end()) {
          coming.add(new Style(next.kind(), end, next.end() - end, next.detail()));
        }
        var fits = new Style(next.kind(), at, end - at, next.detail());
        html.append(opening(fits));
        open.push(fits);
      }
      if (at < text.length()) {
        append(html, text.charAt(at));
      }
    }
    return html.toString();
  }

  private static String opening(Style style) {
    var detail = escape(style.detail());
    return switch (style.kind()) {
      case BOLD -> "<b>";
      case ITALIC -> "<i>";
      case UNDERLINE -> "<u>";
      case STRIKETHROUGH -> "<s>";
      case SPOILER -> "<tg-spoiler>";
      case CODE -> "<code>";
      case PRE -> detail.isEmpty() ? "<pre>" : "<pre><code class=\"language-" + detail + "\">";
      case BLOCKQUOTE -> "<blockquote>";
      case EXPANDABLE_BLOCKQUOTE -> "<blockquote expandable>";
      case TEXT_LINK -> "<a href=\"" + detail + "\">";
      case TEXT_MENTION -> "<a href=\"tg://user?id=" + detail + "\">";
      case CUSTOM_EMOJI -> "<tg-emoji emoji-id=\"" + detail + "\">";
    };
  }

  private static String closing(Style style) {
    return switch (style.kind()) {
      case BOLD -> "</b>";
      case ITALIC -> "</i>";
      case UNDERLINE -> "</u>";
      case STRIKETHROUGH -> "</s>";
      case SPOILER -> "</tg-spoiler>";
      case CODE -> "</code>";
      case PRE -> style.detail().isEmpty() ? "</pre>" : "</code></pre>";
      case BLOCKQUOTE, EXPANDABLE_BLOCKQUOTE -> "</blockquote>";
      case TEXT_LINK, TEXT_MENTION -> "</a>";
      case CUSTOM_EMOJI -> "</tg-emoji>";
    };
  }
}
