package tg.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tg.text.Style.Kind;

class RichTextTest {
  private static Style style(Kind kind, int offset, int length) {
    return new Style(kind, offset, length, "");
  }

  @Test
  void tagsBecomeStyles() {
    var text = RichText.html("a <b>bold <i>both</i></b> &lt;z&gt; &#8364;");
    assertEquals("a bold both <z> €", text.text());
    assertEquals(List.of(style(Kind.BOLD, 2, 9), style(Kind.ITALIC, 7, 4)), text.styles());
  }

  @ParameterizedTest
  @CsvSource({
    "<strong>x</strong>, BOLD",
    "<em>x</em>, ITALIC",
    "<ins>x</ins>, UNDERLINE",
    "<del>x</del>, STRIKETHROUGH",
    "<strike>x</strike>, STRIKETHROUGH",
    "<span class='tg-spoiler'>x</span>, SPOILER",
    "<SPAN CLASS=tg-spoiler>x</SPAN>, SPOILER",
    "<blockquote expandable>x</blockquote>, EXPANDABLE_BLOCKQUOTE",
    "<pre>x</pre>, PRE",
  })
  void everySpellingOfAStyleIsKnown(String html, Kind kind) {
    assertEquals(List.of(style(kind, 0, 1)), RichText.html(html).styles());
  }

  @Test
  void linksPeopleEmojiAndLanguagesKeepWhatTheyPointTo() {
    var html =
        "<a href=\"https://example.org/?a=1&amp;b=2\">x</a><a"
            + " href=\"tg://user?id=42\">y</a><tg-emoji emoji-id=\"7\">👍</tg-emoji><pre><code"
            + " class=\"language-java\">z</code></pre>";
    var text = RichText.html(html);
    assertEquals(
        List.of(
            new Style(Kind.TEXT_LINK, 0, 1, "https://example.org/?a=1&b=2"),
            new Style(Kind.TEXT_MENTION, 1, 1, "42"),
            new Style(Kind.CUSTOM_EMOJI, 2, 2, "7"),
            new Style(Kind.PRE, 4, 1, "java")),
        text.styles());
    assertEquals(html, text.toHtml());
  }

  @Test
  void withinVerbatimTextNothingElseIsStyled() {
    assertEquals(
        List.of(style(Kind.CODE, 0, 3)), RichText.html("<code>a<b>b</b>c</code>").styles());
    assertEquals(
        List.of(style(Kind.PRE, 0, 3)), RichText.html("<pre>a<code>b</code>c</pre>").styles());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 < 2",
        "<b>x",
        "x</b>",
        "<b>x</i>",
        "<table>x</table>",
        "<b",
        "<a href=\"x>y</a>",
        "</",
        "<>"
      })
  void whatIsNotHtmlIsRefusedWithTheReason(String html) {
    var refused = assertThrows(InvalidHtml.class, () -> RichText.html(html));
    assertTrue(refused.toString().contains("at character"), refused.toString());
  }

  @Test
  void whatIsEscapedIsShownAsItIs() {
    var odd = "<b>&amp; \"quoted\" & 1 < 2 > 0 &#60;";
    assertEquals(RichText.plain(odd), RichText.html(RichText.escape(odd)));
  }

  @Test
  void referencesThatAreNotKnownAreShownAsTheyAre() {
    assertEquals("&nbsp; &#0; &#xD800; & &;", RichText.html("&nbsp; &#0; &#xD800; & &;").text());
  }

  @Test
  void aStyleMustFitTheTextAndNoPairIsCut() {
    assertThrows(
        IllegalArgumentException.class, () -> new RichText("ab", List.of(style(Kind.BOLD, 1, 2))));
    assertThrows(
        IllegalArgumentException.class, () -> new RichText("😀", List.of(style(Kind.BOLD, 0, 1))));
  }

  @Test
  void stylesThatOverlapAreCutWhereTheyMeet() {
    var text = new RichText("abcd", List.of(style(Kind.BOLD, 0, 3), style(Kind.ITALIC, 2, 2)));
    assertEquals("<b>ab<i>c</i></b><i>d</i>", text.toHtml());
  }

  @Test
  void aTextIsPutTogether() {
    var text = RichText.builder().add("a ").bold("b").add(RichText.html(" <i>c</i>")).build();
    assertEquals("a <b>b</b> <i>c</i>", text.toHtml());
    assertEquals("a <b>b</b> <i>c</i>!", text.plus(RichText.plain("!")).toHtml());
    assertEquals("<b>x</b>", RichText.html(" <b> x </b> ").strip().toHtml());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&",
        "&amp;",
        "&#128512;",
        "<b>x</b>",
        "<code>x</code>",
        "<pre><code class='language-x'>y</code></pre>",
        "<a href='x'>y</a>",
        "<b>",
        "<b>x",
        "</b>",
        "<",
        "< ",
        "<b ",
        "<b a=",
        "<b a='"
      })
  void aMebibyteOfAnyMarkupIsReadOrRefusedWithoutDelay(String piece) {
    var html = piece.repeat((1 << 20) / piece.length());
    assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          try {
            var text = RichText.html(html);
            assertTrue(text.parts(4096).size() > 0);
            assertEquals(text, RichText.html(text.toHtml()));
          } catch (InvalidHtml refused) {
            assertTrue(refused.toString().contains("at character"));
          }
        });
  }

  @Test
  void aMebibyteOfTagsWithinTagsIsReadWithoutDelay() {
    int deep = 20_000;
    var html = "<b>x".repeat(deep) + "</b>".repeat(deep);
    assertTimeout(
        Duration.ofSeconds(10),
        () ->
            assertEquals(
                deep,
                RichText.html(html).parts(4096).stream().mapToInt(RichText::codePoints).sum()));
  }
}
