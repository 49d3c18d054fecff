package tg.text;

import java.util.ArrayList;
import java.util.List;

/// A text and its styles, as Telegram shows them. Immutable. Positions are UTF-16 units, lengths of
/// messages are code points, as Telegram counts them.
///
/// @param text what it says
/// @param styles how, in the order of their beginnings; they may be nested
public record RichText(String text, List<Style> styles) {
  /// Says nothing.
  public static final RichText EMPTY = new RichText("", List.of());

  /// Sorts the styles.
  ///
  /// @throws IllegalArgumentException when a style is outside of the text or cuts a surrogate pair
  public RichText {
    for (var style : styles) {
      if (style.end() > text.length()
          || splitsPair(text, style.offset())
          || splitsPair(text, style.end())) {
        throw new IllegalArgumentException(style + " does not fit the text");
      }
    }
    styles = styles.stream().sorted(Style.ORDER).toList();
  }

  /// {@return a text without styles: every character is shown as it is}
  public static RichText plain(String text) {
    return new RichText(text, List.of());
  }

  /// {@return what a text in Telegram's HTML shows: `<b> <i> <u> <s> <tg-spoiler> <code> <pre> <a
  /// href> <blockquote>` and their other spellings; `&lt; &gt; &amp; &quot;` and numbers}
  ///
  /// @throws InvalidHtml when a tag is not known or not closed
  public static RichText html(String html) {
    return HtmlReader.read(html);
  }

  /// {@return the text with everything that HTML would take for markup written so that it is shown}
  public static String escape(String text) {
    return HtmlWriter.escape(text);
  }

  /// {@return a text to be put together}
  public static Builder builder() {
    return new Builder();
  }

  /// {@return the same in Telegram's HTML}
  public String toHtml() {
    return HtmlWriter.write(this);
  }

  /// {@return how many characters it has for Telegram}
  public int codePoints() {
    return text.codePointCount(0, text.length());
  }

  /// {@return whether there is nothing to see}
  public boolean isBlank() {
    return text.isBlank();
  }

  /// {@return this, and then the other}
  public RichText plus(RichText other) {
    var all = new ArrayList<>(styles);
    other.styles.forEach(style -> all.add(style.moved(text.length())));
    return new RichText(text + other.text, all);
  }

  /// {@return without white space at both ends}
  public RichText strip() {
    int from = text.length() - text.stripLeading().length();
    int to = text.stripTrailing().length();
    return from >= to ? EMPTY : part(from, to);
  }

  /// {@return a stretch, with the styles that reach into it}
  ///
  /// @param from the first UTF-16 unit
  /// @param to the one after the last
  public RichText part(int from, int to) {
    var cut = new ArrayList<Style>();
    for (var style : styles) {
      int start = Math.max(style.offset(), from);
      int end = Math.min(style.end(), to);
      if (start < end) {
        cut.add(new Style(style.kind(), start - from, end - start, style.detail()));
      }
    }
    return new RichText(text.substring(from, to), cut);
  }

  /// {@return the same in parts of limited length, in order: cut between paragraphs, else lines,
  /// else words, else anywhere between what a person takes for characters. A style that fits a part
  /// is never cut; a longer one goes on in the next part. Only the white space at the cuts is lost;
  /// no part is blank}
  ///
  /// @param limit code points for a part, 2 or more
  public List<RichText> parts(int limit) {
    return Splitter.split(this, limit);
  }

  static boolean splitsPair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isHighSurrogate(text.charAt(at - 1))
        && Character.isLowSurrogate(text.charAt(at));
  }

  /// Puts a text together. Confined to one thread at a time.
  public static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private final List<Style> styles = new ArrayList<>();

    private Builder() {}

    /// Adds words as they are.
    public Builder add(String words) {
      text.append(words);
      return this;
    }

    /// Adds a text with its styles.
    public Builder add(RichText other) {
      other.styles.forEach(style -> styles.add(style.moved(text.length())));
      return add(other.text);
    }

    /// Adds words in bold.
    public Builder bold(String words) {
      return add(words, Style.Kind.BOLD, "");
    }

    /// Adds words in italics.
    public Builder italic(String words) {
      return add(words, Style.Kind.ITALIC, "");
    }

    /// Adds words in a fixed-width font; a tap copies them.
    public Builder code(String words) {
      return add(words, Style.Kind.CODE, "");
    }

    /// Adds words that lead to an address.
    public Builder link(String words, String address) {
      return add(words, Style.Kind.TEXT_LINK, address);
    }

    /// Adds words in a style.
    ///
    /// @param detail see {@link Style}
    public Builder add(String words, Style.Kind kind, String detail) {
      if (!words.isEmpty()) {
        styles.add(new Style(kind, text.length(), words.length(), detail));
      }
      return add(words);
    }

    /// {@return the text}
    public RichText build() {
      return new RichText(text.toString(), styles);
    }
  }
}
