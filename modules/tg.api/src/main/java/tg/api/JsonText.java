package tg.api;

import java.util.ArrayList;
import java.util.List;

/// Takes JSON text apart at its outermost level without decoding it. It never recurses, so no depth
/// of nesting can hurt; what it cuts out still has to be parsed, and may turn out not to be JSON.
/// Confined to one thread at a time.
final class JsonText {
  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /// A member of an object: its name as it is written, and where its value is.
  record Member(String name, int from, int to) {}

  /// {@return the members of an object}
  static List<Member> members(String object) {
    var scan = new JsonText(object);
    var all = new ArrayList<Member>();
    scan.expect('{');
    while (!scan.atEnd('}', all.isEmpty())) {
      int quote = scan.at;
      if (scan.peek() != '"') {
        throw scan.malformed();
      }
      scan.skipString();
      var name = object.substring(quote + 1, scan.at - 1);
      scan.expect(':');
      scan.skipSpace();
      int from = scan.at;
      scan.skipValue();
      all.add(new Member(name, from, scan.at));
    }
    return all;
  }

  /// {@return the elements of an array, each as its text}
  static List<String> elements(String array) {
    var scan = new JsonText(array);
    var all = new ArrayList<String>();
    scan.expect('[');
    while (!scan.atEnd(']', all.isEmpty())) {
      int from = scan.at;
      scan.skipValue();
      all.add(array.substring(from, scan.at));
    }
    return all;
  }

  /// {@return how deep arrays and objects are nested}
  static int depth(String json) {
    var scan = new JsonText(json);
    scan.skipSpace();
    return scan.skipValue();
  }

  /// Whether the closing bracket comes next; else moves to the next element.
  private boolean atEnd(char closing, boolean first) {
    skipSpace();
    if (peek() == closing) {
      at++;
      return true;
    }
    if (!first) {
      expect(',');
      skipSpace();
    }
    return false;
  }

  private int skipValue() {
    int depth = 0;
    int deepest = 0;
    do {
      switch (peek()) {
        case '"' -> skipString();
        case '{', '[' -> {
          deepest = Math.max(deepest, ++depth);
          at++;
        }
        case '}', ']' -> {
          if (--depth < 0) {
            throw malformed();
          }
          at++;
        }
        case ',', ':' -> {
          if (depth == 0) {
            throw malformed();
          }
          at++;
        }
        default -> skipPlain();
      }
    } while (depth > 0);
    return deepest;
  }

  /// Skips a number or a word, or the space within an array or object.
  private void skipPlain() {
    do {
      at++;
    } while (at < text.length() && "\"{}[],: \t\r\n".indexOf(text.charAt(at)) < 0);
  }

  private void skipString() {
    at++;
    while (peek() != '"') {
      at += peek() == '\\' ? 2 : 1;
    }
    at++;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char c) {
    skipSpace();
    if (peek() != c) {
      throw malformed();
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw malformed();
    }
    return text.charAt(at);
  }

  private Malformed malformed() {
    return new Malformed("not JSON, at character " + at);
  }
}
