package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkupTest {
  @FunctionalInterface
  private interface Parser {
    Formatted parse(String text) throws MarkupError;
  }

  private static void parses(Parser parser, String in, String text, String... entities)
      throws MarkupError {
    Formatted parsed = parser.parse(in);
    assertEquals(text, parsed.text());
    assertEquals(List.of(entities), parsed.entities().stream().map(MarkupTest::told).toList());
  }

  private static String told(Entity entity) {
    String extra = entity.extra().isEmpty() ? "" : " " + entity.extra();
    return entity.type() + " " + entity.offset() + "+" + entity.length() + extra;
  }

  private static void refuses(Parser parser, String in, String message) {
    assertEquals(message, assertThrows(MarkupError.class, () -> parser.parse(in)).getMessage());
  }

  @Test
  void htmlTagsBecomeEntitiesInUtf16Units() throws MarkupError {
    parses(HtmlMarkup::parse, "😀<b>bold <i>both</i></b>", "😀bold both", "bold 2+9", "italic 7+4");
    parses(HtmlMarkup::parse, "<code>x</code> <pre>y</pre>", "x y", "code 0+1", "pre 2+1");
    parses(
        HtmlMarkup::parse,
        "<pre><code class=\"language-java\">int i;</code></pre>",
        "int i;",
        "pre 0+6 {\"language\":\"java\"}");
    parses(HtmlMarkup::parse, "<span class='tg-spoiler'>x</span><u></u>", "x", "spoiler 0+1");
    parses(
        HtmlMarkup::parse,
        "<blockquote expandable>x</blockquote>",
        "x",
        "expandable_blockquote 0+1");
  }

  @Test
  void htmlLinksAndReferences() throws MarkupError {
    parses(
        HtmlMarkup::parse,
        "<a href=\"https://Example.org?a=1&amp;b=2\">here</a> &lt;&#x1F600;&gt; &nbsp;",
        "here <😀> &nbsp;",
        "text_link 0+4 {\"url\":\"https://example.org/?a=1&b=2\"}");
    parses(
        HtmlMarkup::parse,
        "<a href='tg://user?id=1001'>Ann</a>",
        "Ann",
        "text_mention 0+3 {\"user\":{\"id\":1001}}");
    parses(HtmlMarkup::parse, "<a href=\"nowhere\">x</a>", "x");
  }

  @Test
  void htmlErrorsAreTheOfficialOnes() {
    refuses(HtmlMarkup::parse, "a <foo>", "Unsupported start tag \"foo\" at byte offset 2");
    refuses(
        HtmlMarkup::parse,
        "é<b>x</i>",
        "Unmatched end tag at byte offset 6, expected \"</b>\", found \"</i>\"");
    refuses(HtmlMarkup::parse, "x</b>", "Unexpected end tag at byte offset 1");
    refuses(HtmlMarkup::parse, "<b>x", "Can't find end tag corresponding to start tag \"b\"");
    refuses(HtmlMarkup::parse, "x <b", "Unclosed start tag at byte offset 2");
    refuses(HtmlMarkup::parse, "<b>x</b", "Unclosed end tag at byte offset 4");
    refuses(
        HtmlMarkup::parse,
        "<span>x</span>",
        "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0");
    refuses(HtmlMarkup::parse, "a < b", "Unsupported start tag \"\" at byte offset 2");
  }

  @Test
  void markdownV2NestsAndEscapes() throws MarkupError {
    parses(MarkdownV2::parse, "*bold _both_*\\.", "bold both.", "bold 0+9", "italic 5+4");
    parses(
        MarkdownV2::parse,
        "__under__ ~gone~ ||spoiler||",
        "under gone spoiler",
        "underline 0+5",
        "strikethrough 6+4",
        "spoiler 11+7");
    parses(
        MarkdownV2::parse,
        "`a.b` ```java\nint i;```",
        "a.b int i;",
        "code 0+3",
        "pre 4+6 {\"language\":\"java\"}");
    parses(
        MarkdownV2::parse,
        "[docs](https://example.org/a\\)b)",
        "docs",
        "text_link 0+4 {\"url\":\"https://example.org/a)b\"}");
    parses(MarkdownV2::parse, ">one\n>two\nafter", "one\ntwo\nafter", "blockquote 0+7");
    parses(MarkdownV2::parse, ">one\n>two||", "one\ntwo", "expandable_blockquote 0+7");
  }

  @Test
  void markdownV2ErrorsAreTheOfficialOnes() {
    refuses(
        MarkdownV2::parse,
        "1.5",
        "Character '.' is reserved and must be escaped with the preceding '\\'");
    refuses(
        MarkdownV2::parse,
        "a|b",
        "Character '|' is reserved and must be escaped with the preceding '\\'");
    refuses(MarkdownV2::parse, "é *bold", "Can't find end of Bold entity at byte offset 3");
    refuses(MarkdownV2::parse, "```x", "Can't find end of Pre entity at byte offset 0");
    refuses(MarkdownV2::parse, "[x](http://a", "Can't find end of a URL at byte offset 4");
    refuses(MarkdownV2::parse, "![x]", "Custom emoji entity must contain a tg://emoji URL");
  }

  @Test
  void legacyMarkdown() throws MarkupError {
    parses(
        LegacyMarkdown::parse, "*b* _i_ `c` \\*", "b i c *", "bold 0+1", "italic 2+1", "code 4+1");
    parses(LegacyMarkdown::parse, "```py\nx```", "x", "pre 0+1 {\"language\":\"py\"}");
    parses(
        LegacyMarkdown::parse,
        "[a](http://example.org)",
        "a",
        "text_link 0+1 {\"url\":\"http://example.org/\"}");
    refuses(
        LegacyMarkdown::parse,
        "snake_case",
        "Can't find end of the entity starting at byte offset 5");
  }

  @Test
  void commandsMentionsHashtagsAndLinksAreFound() {
    Formatted found =
        Formatted.plain("/go@my_bot #tag @ann see https://example.org/x. a@example.org")
            .withFound();
    assertEquals(
        List.of("bot_command 0+10", "hashtag 11+4", "mention 16+4", "url 25+21", "email 48+13"),
        found.entities().stream().map(MarkupTest::told).toList());
    assertEquals(List.of(), Formatted.plain("a/b 1/2 #1 </x>").withFound().entities());
  }

  @Test
  void textIsTrimmedAndItsEntitiesMoveAlong() {
    Formatted text =
        new Formatted(" \n x y \t", List.of(Entity.of("bold", 0, 4), Entity.of("italic", 5, 3)))
            .trimmed();
    assertEquals("x y", text.text());
    assertEquals(
        List.of("bold 0+1", "italic 2+1"), text.entities().stream().map(MarkupTest::told).toList());
  }
}
