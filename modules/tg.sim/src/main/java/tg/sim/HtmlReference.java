package tg.sim;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A character reference in HTML: `&lt;`, `&gt;`, `&amp;`, `&quot;`, and numbers. Others are plain
/// text.
final class HtmlReference {
  private static final Pattern REFERENCE =
      Pattern.compile("&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?");

  private HtmlReference() {}

  /// Appends what the reference at the cursor stands for (or the `&` itself) and moves the cursor
  /// behind it.
  static void read(MarkupText in, StringBuilder out) {
    Matcher matcher = REFERENCE.matcher(in.text).region(in.at, in.text.length());
    int code = matcher.lookingAt() ? code(matcher) : 0;
    if (code <= 0 || code > Character.MAX_CODE_POINT) {
      out.append(in.now());
      in.at++;
    } else {
      out.appendCodePoint(code);
      in.at = matcher.end();
    }
  }

  private static int code(Matcher matcher) {
    if (matcher.group(1) != null) {
      return Integer.parseInt(matcher.group(1), 16);
    }
    if (matcher.group(2) != null) {
      return Integer.parseInt(matcher.group(2));
    }
    return switch (String.valueOf(matcher.group(3))) {
      case "lt" -> '<';
      case "gt" -> '>';
      case "quot" -> '"';
      default -> '&';
    };
  }
}
