package tg.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tg.text.Style.Kind;

/// What holds for every text: emoji, right-to-left, marks on marks, and styles in styles.
class RichTextPropertiesTest {
  private static final List<Kind> KINDS = List.of(Kind.values());

  @Provide
  Arbitrary<String> texts() {
    var pieces =
        Arbitraries.of(
            "a",
            "word",
            " ",
            "  ",
            "\n",
            "\n\n",
            ".",
            "<",
            ">",
            "&",
            "&amp;",
            "\"",
            "'",
            "<b>",
            "😀",
            "👩‍👩‍👧‍👦",
            "🇩🇪",
            "é",
            "e\u0301",
            "שלום",
            "مرحبا",
            "\u202e",
            "Привет",
            "漢字",
            "𝔘",
            "\u200f",
            "z\u0335\u0336\u0337",
            "long".repeat(9));
    return pieces.list().ofMinSize(0).ofMaxSize(60).map(all -> String.join("", all));
  }

  /// Texts with styles that are nested as in HTML.
  @Provide
  Arbitrary<RichText> richTexts() {
    return Combinators.combine(texts(), Arbitraries.longs(), Arbitraries.integers().between(0, 8))
        .as(RichTextPropertiesTest::styled);
  }

  private static RichText styled(String text, long seed, int count) {
    var random = new Random(seed);
    var styles = new ArrayList<Style>();
    for (int i = 0; i < count && !text.isEmpty(); i++) {
      int a = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length())));
      int b = text.offsetByCodePoints(a, random.nextInt(text.codePointCount(a, text.length()) + 1));
      var kind = KINDS.get(random.nextInt(KINDS.size()));
      if (a < b) {
        var detail = detail(kind, random);
        var style = new Style(kind, a, b - a, detail);
        if (styles.stream().allMatch(other -> nested(style, other))) {
          styles.add(style);
        }
      }
    }
    return new RichText(text, styles);
  }

  private static String detail(Kind kind, Random random) {
    return switch (kind) {
      case TEXT_LINK -> "https://example.org/?q=" + random.nextInt(9) + "&\"<>";
      case TEXT_MENTION, CUSTOM_EMOJI -> Integer.toString(1 + random.nextInt(9));
      case PRE -> random.nextBoolean() ? "java" : "";
      default -> "";
    };
  }

  /// As HTML can say it: apart, or one within the other and nothing within verbatim text.
  private static boolean nested(Style a, Style b) {
    if (a.end() <= b.offset() || b.end() <= a.offset()) {
      return true;
    }
    if (a.offset() == b.offset() && a.length() == b.length()) {
      return a.kind() != b.kind() && !a.kind().verbatim() && !b.kind().verbatim();
    }
    boolean aInB = b.offset() <= a.offset() && a.end() <= b.end();
    boolean bInA = a.offset() <= b.offset() && b.end() <= a.end();
    return (aInB && !b.kind().verbatim()) || (bInA && !a.kind().verbatim());
  }

  @Property(tries = 2000)
  void htmlSaysTheSameThereAndBack(@ForAll("richTexts") RichText text) {
    assertEquals(text, RichText.html(text.toHtml()));
  }

  @Property(tries = 1000)
  void anEscapedTextIsShownAsItIs(@ForAll String text) {
    assertEquals(RichText.plain(text), RichText.html(RichText.escape(text)));
  }

  @Property(tries = 1000)
  void whatIsReadAsHtmlIsTextOrRefusedAndNothingElse(@ForAll("texts") String html) {
    try {
      assertTrue(RichText.html(html).text().length() <= html.length());
    } catch (InvalidHtml refused) {
      assertTrue(refused.toString().contains("at character"));
    }
  }

  @Property(tries = 2000)
  void whateverIsReadAsHtmlIsTextOrRefused(@ForAll String html, @ForAll("tags") String tags) {
    for (var each : List.of(html, tags, tags + html)) {
      try {
        assertTrue(RichText.html(each).text().length() <= each.length());
      } catch (InvalidHtml refused) {
        assertTrue(refused.toString().contains("at character"));
      }
    }
  }

  /// Markup that is right for a while.
  @Provide
  Arbitrary<String> tags() {
    return Arbitraries.of(
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<pre>",
            "</pre>",
            "<code>",
            "</code>",
            "</>",
            "<a href='",
            "'>",
            "</a>",
            "<a href=\"tg://user?id=1\">",
            "<code class=\"language-x\">",
            "&",
            "&#",
            "&#x1F600;",
            "&#xD800;",
            "&#0;",
            "&lt",
            ";",
            "😀",
            "\ud83d",
            "x",
            " ",
            "<",
            ">",
            "=")
        .list()
        .ofMaxSize(40)
        .map(all -> String.join("", all));
  }

  @Property(tries = 1000)
  void whateverIsCutKeepsTheLimitAndAllButSpace(
      @ForAll String text, @ForAll @IntRange(min = 2, max = 40) int limit) {
    var parts = RichText.plain(text).parts(limit);
    for (var part : parts) {
      assertTrue(part.codePoints() <= limit && !part.isBlank(), part::text);
    }
    assertEquals(
        squeezed(text), squeezed(parts.stream().map(RichText::text).collect(Collectors.joining())));
  }

  @Property(tries = 2000)
  void noPartIsTooLongOrBlankAndNothingButSpaceIsLost(
      @ForAll("richTexts") RichText text, @ForAll @IntRange(min = 2, max = 80) int limit) {
    var parts = text.parts(limit);
    for (var part : parts) {
      assertTrue(part.codePoints() <= limit, part::text);
      assertFalse(part.isBlank());
    }
    assertEquals(
        squeezed(text.text()),
        squeezed(parts.stream().map(RichText::text).collect(Collectors.joining())));
  }

  @Property(tries = 2000)
  void noPairIsSplit(
      @ForAll("richTexts") RichText text, @ForAll @IntRange(min = 2, max = 80) int limit) {
    for (var part : text.parts(limit)) {
      var value = part.text();
      assertFalse(Character.isLowSurrogate(value.charAt(0)));
      assertFalse(Character.isHighSurrogate(value.charAt(value.length() - 1)));
    }
  }

  @Property(tries = 2000)
  void aStyleThatFitsAPartIsInOnePart(
      @ForAll("richTexts") RichText text, @ForAll @IntRange(min = 2, max = 80) int limit) {
    var fitting = text.styles().stream().filter(style -> codePoints(text, style) <= limit).toList();
    var expected = fitting.stream().map(style -> seen(text, style)).filter(s -> !s.isBlank());
    var found =
        text.parts(limit).stream()
            .flatMap(part -> part.styles().stream().map(style -> seen(part, style)))
            .toList();
    List<String> missing = expected.filter(each -> !found.contains(each)).toList();
    assertEquals(List.of(), missing);
  }

  private static int codePoints(RichText text, Style style) {
    return text.text().codePointCount(style.offset(), style.end());
  }

  /// A style without the white space around it, which a cut may take.
  private static String seen(RichText text, Style style) {
    var words = text.text().substring(style.offset(), style.end()).strip();
    return words.isEmpty() ? "" : style.kind() + style.detail() + words;
  }

  private static String squeezed(String text) {
    return text.codePoints()
        .filter(c -> !Character.isWhitespace(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
