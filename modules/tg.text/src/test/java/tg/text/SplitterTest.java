package tg.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitterTest {
  private static List<String> split(String text, int limit) {
    return RichText.plain(text).parts(limit).stream().map(RichText::text).toList();
  }

  @Test
  void aParagraphGoesBeforeALineAndALineBeforeAWord() {
    assertEquals(List.of("one two", "three\nfour five"), split("one two\n\nthree\nfour five", 15));
    assertEquals(List.of("one two", "three four"), split("one two\nthree four", 12));
    assertEquals(List.of("one two", "three"), split("one two three", 10));
    assertEquals(List.of("aaaa", "aaaa", "aa"), split("aaaaaaaaaa", 4));
  }

  @Test
  void codePointsCountAndNotUnits() {
    assertEquals(1, split("😀".repeat(4096), 4096).size());
    assertEquals(List.of("😀".repeat(4096), "😀"), split("😀".repeat(4097), 4096));
  }

  @Test
  void aFamilyOfEmojiIsNotTornApart() {
    var family = "👩‍👩‍👧‍👦";
    assertEquals(List.of(family, family), split(family + family, 10));
    assertEquals(List.of("🇩🇪🇫🇷", "🇮🇹"), split("🇩🇪🇫🇷🇮🇹", 5));
  }

  @Test
  void aStyleThatFitsIsNotCutAndALongOneGoesOn() {
    var link = RichText.builder().add("aaa ").link("b b b b", "https://b").add(" c").build();
    assertEquals(
        List.of("aaa", "<a href=\"https://b\">b b b b</a> c"),
        link.parts(9).stream().map(RichText::toHtml).toList());
    var code = RichText.html("<pre>1111\n2222\n3333</pre>");
    assertEquals(
        List.of("<pre>1111\n2222</pre>", "<pre>3333</pre>"),
        code.parts(10).stream().map(RichText::toHtml).toList());
  }

  @Test
  void anIndentationAfterACutStays() {
    assertEquals(List.of("if xyz:", "  return 1"), split("if xyz:\n  return 1", 12));
  }

  @Test
  void aMillionCharactersAreCutWithoutDelay() {
    var text = "word ".repeat(200_000);
    assertTimeout(Duration.ofSeconds(5), () -> assertTrue(split(text, 4096).size() > 240));
    var dense = "x".repeat(1_000_000);
    assertTimeout(Duration.ofSeconds(5), () -> assertEquals(245, split(dense, 4096).size()));
  }
}
