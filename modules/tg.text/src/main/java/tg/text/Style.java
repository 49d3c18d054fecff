package tg.text;

import java.util.Comparator;
import java.util.Locale;

/// A stretch of a text that looks or does something special. Immutable.
///
/// @param kind what it looks like or does
/// @param offset where it begins, in UTF-16 units
/// @param length how long it is, in UTF-16 units; 1 or more
/// @param detail the address of a `LINK`, the user id of a `MENTION`, the number of an `EMOJI`, the
///   language of a `PRE`; empty for all others
public record Style(Kind kind, int offset, int length, String detail) {
  /// Where a style begins, the outer before the inner.
  static final Comparator<Style> ORDER =
      Comparator.comparingInt(Style::offset)
          .thenComparing(Comparator.comparingInt(Style::length).reversed())
          .thenComparing(Style::kind);

  /// The kinds, the outer before the inner where two of one length meet.
  public enum Kind {
    /// A quotation.
    BLOCKQUOTE,
    /// A quotation that is folded until it is tapped.
    EXPANDABLE_BLOCKQUOTE,
    /// Lines in a fixed-width font, maybe of a programming language.
    PRE,
    /// An address under the words.
    TEXT_LINK,
    /// A person, by user id.
    TEXT_MENTION,
    /// Bold.
    BOLD,
    /// Italic.
    ITALIC,
    /// Underlined.
    UNDERLINE,
    /// Struck through.
    STRIKETHROUGH,
    /// Hidden until it is tapped.
    SPOILER,
    /// A fixed-width font.
    CODE,
    /// A custom emoji in place of the one in the text.
    CUSTOM_EMOJI;

    /// {@return Telegram's name of it}
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Within these Telegram shows no other style.
    boolean verbatim() {
      return this == PRE || this == CODE;
    }
  }

  /// Checks the bounds, and the user id of a mention.
  public Style {
    if (kind == Kind.TEXT_MENTION && !detail.matches("[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("a mention needs a user id, not '" + detail + "'");
    }
    if (offset < 0 || length < 1) {
      throw new IllegalArgumentException(
          "a style needs an offset of 0 or more and a length of 1 or more, not "
              + offset
              + " and "
              + length);
    }
  }

  /// {@return where it ends}
  public int end() {
    return offset + length;
  }

  Style moved(int by) {
    return new Style(kind, offset + by, length, detail);
  }
}
