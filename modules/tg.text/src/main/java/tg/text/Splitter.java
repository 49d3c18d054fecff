package tg.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/// Cuts a text that is too long. Confined to one thread at a time.
final class Splitter {
  private final RichText rich;
  private final String text;
  private final int limit;

  /// Positions within a style that fits a part.
  private final BitSet within = new BitSet();

  private Splitter(RichText rich, int limit) {
    if (limit < 2) {
      throw new IllegalArgumentException("a part needs 2 code points or more, not " + limit);
    }
    this.rich = rich;
    this.text = rich.text();
    this.limit = limit;
    for (var style : rich.styles()) {
      boolean mayFit = style.length() <= 2 * limit; // seen at once, however long it is
      if (mayFit && text.codePointCount(style.offset(), style.end()) <= limit) {
        within.set(style.offset() + 1, style.end());
      }
    }
  }

  static List<RichText> split(RichText rich, int limit) {
    return new Splitter(rich, limit).parts();
  }

  private List<RichText> parts() {
    var parts = new ArrayList<RichText>();
    for (int from = 0; from < text.length(); ) {
      int to = end(from);
      var part = rich.part(from, trimmed(from, to));
      if (!part.isBlank()) {
        parts.add(part);
      }
      from = to;
      while (from < text.length() && Character.isWhitespace(text.charAt(from)) && !indents(from)) {
        from++;
      }
    }
    return List.copyOf(parts);
  }

  /// White space after a line's end is an indentation, and stays.
  private boolean indents(int at) {
    return at > 0 && text.charAt(at - 1) == '\n' && text.charAt(at) != '\n';
  }

  private int trimmed(int from, int to) {
    int end = to;
    while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /// Where the part that begins at `from` ends.
  private int end(int from) {
    int left = text.length() - from;
    if (left <= limit || (left <= 2 * limit && text.codePointCount(from, from + left) <= limit)) {
      return text.length();
    }
    int most = text.offsetByCodePoints(from, limit);
    int half = from + (most - from) / 2;
    int cut = last(half, most, at -> text.startsWith("\n\n", at));
    if (cut < 0) {
      cut = last(half, most, at -> text.charAt(at) == '\n');
    }
    if (cut < 0) {
      cut = last(half, most, at -> Character.isWhitespace(text.charAt(at)));
    }
    if (cut < 0) {
      var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
      // A little more than the part, so that the character at its end is seen whole.
      int seen = Math.min(text.length(), most + 64);
      characters.setText(text.substring(from, seen));
      cut = last(from + 1, most, at -> characters.isBoundary(at - from));
    }
    if (cut < 0) {
      cut = last(from + 1, most, at -> true);
    }
    return cut < 0 ? most : cut;
  }

  private int last(int least, int most, IntPredicate boundary) {
    for (int at = most; at >= least; at--) {
      if (!within.get(at) && !RichText.splitsPair(text, at) && boundary.test(at)) {
        return at;
      }
    }
    return -1;
  }
}
