package tg.sim;

import java.nio.charset.StandardCharsets;

/// A text being read by a parser of markup: a cursor, and a view ahead that is 0 behind the end.
/// Confined to one thread.
///
/// Positions are UTF-16 units here; the offsets that Telegram reports in errors are bytes of UTF-8.
final class MarkupText {
  final String text;
  int at;

  MarkupText(String text) {
    this.text = text;
  }

  boolean ended() {
    return at >= text.length();
  }

  char now() {
    return ahead(0);
  }

  char ahead(int by) {
    int index = at + by;
    return index < text.length() ? text.charAt(index) : 0;
  }

  boolean looksAt(String prefix) {
    return text.startsWith(prefix, at);
  }

  int bytesBefore(int index) {
    return text.substring(0, Math.min(index, text.length()))
        .getBytes(StandardCharsets.UTF_8)
        .length;
  }

  static boolean space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0;
  }

  /// Reads the language after the opening of a code block, and skips one line end.
  ///
  /// @return the language, or an empty string
  String language() {
    int end = at;
    while (end < text.length() && !space(text.charAt(end)) && text.charAt(end) != '`') {
      end++;
    }
    String language = "";
    if (end != at && end < text.length() && text.charAt(end) != '`') {
      language = text.substring(at, end);
      at = end;
    }
    char first = now();
    if (first == '\n' || first == '\r') {
      char second = ahead(1);
      boolean pair = (second == '\n' || second == '\r') && second != first;
      at += pair ? 2 : 1;
    }
    return language;
  }
}
