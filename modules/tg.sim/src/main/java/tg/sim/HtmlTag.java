package tg.sim;

import java.util.Locale;
import java.util.Set;

/// A start tag of the `HTML` parse mode. Immutable.
///
/// @param name in small letters
/// @param argument the value of the one attribute that means something for this tag, or empty
/// @param begin where it starts
record HtmlTag(String name, String argument, int begin) {
  /// Reads the tag at the cursor and leaves the cursor behind its `>`.
  ///
  /// @throws MarkupError with the official text
  static HtmlTag read(MarkupText in, Set<String> known) throws MarkupError {
    int begin = in.at++;
    String where = " at byte offset " + in.bytesBefore(begin);
    while (!in.ended() && !MarkupText.space(in.now()) && in.now() != '>') {
      in.at++;
    }
    if (in.ended()) {
      throw new MarkupError("Unclosed start tag" + where);
    }
    String name = in.text.substring(begin + 1, in.at).toLowerCase(Locale.ROOT);
    if (!known.contains(name)) {
      throw new MarkupError("Unsupported start tag \"" + name + "\"" + where);
    }
    String argument = "";
    while (true) {
      skipSpace(in);
      if (in.now() == '>') {
        in.at++;
        return new HtmlTag(name, argument, begin);
      }
      if (in.ended()) {
        throw new MarkupError("Unclosed start tag" + where);
      }
      String meant = attribute(in, name, where);
      argument = meant.isEmpty() ? argument : meant;
    }
  }

  private static String attribute(MarkupText in, String tag, String where) throws MarkupError {
    int begin = in.at;
    while (!in.ended() && !MarkupText.space(in.now()) && in.now() != '=' && in.now() != '>') {
      in.at++;
    }
    String attribute = in.text.substring(begin, in.at);
    String inTag = " the tag \"" + tag + "\"" + where;
    if (attribute.isEmpty()) {
      throw new MarkupError("Empty attribute name in" + inTag);
    }
    skipSpace(in);
    if (in.now() != '=') {
      if (tag.equals("blockquote") && attribute.equals("expandable")) {
        return attribute;
      }
      throw new MarkupError("Expected equal sign in declaration of an attribute of" + inTag);
    }
    in.at++;
    skipSpace(in);
    if (in.ended()) {
      throw new MarkupError("Unclosed start tag \"" + tag + "\"" + where);
    }
    String value = in.now() == '"' || in.now() == '\'' ? quoted(in) : token(in);
    if (in.ended()) {
      throw new MarkupError("Unclosed start tag" + where);
    }
    return meant(tag, attribute, value);
  }

  private static String meant(String tag, String attribute, String value) {
    return switch (tag + " " + attribute) {
      case "a href", "tg-emoji emoji-id" -> value;
      case "code class" -> value.startsWith("language-") ? value.substring(9) : "";
      case "span class" -> value.startsWith("tg-") ? value.substring(3) : "";
      case "blockquote expandable" -> attribute;
      default -> "";
    };
  }

  private static String token(MarkupText in) throws MarkupError {
    int begin = in.at;
    while (!in.ended() && (isAlnum(in.now()) || in.now() == '.' || in.now() == '-')) {
      in.at++;
    }
    if (!MarkupText.space(in.now()) && in.now() != '>') {
      throw new MarkupError("Unexpected end of name token at byte offset " + in.bytesBefore(begin));
    }
    return in.text.substring(begin, in.at).toLowerCase(Locale.ROOT);
  }

  private static String quoted(MarkupText in) {
    char end = in.now();
    in.at++;
    StringBuilder value = new StringBuilder();
    while (!in.ended() && in.now() != end) {
      if (in.now() == '&') {
        HtmlReference.read(in, value);
      } else {
        value.append(in.now());
        in.at++;
      }
    }
    if (in.now() == end) {
      in.at++;
    }
    return value.toString();
  }

  private static boolean isAlnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static void skipSpace(MarkupText in) {
    while (!in.ended() && MarkupText.space(in.now())) {
      in.at++;
    }
  }
}
