package tg.worker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PartsTest {
  @Test
  void aShortTextIsOnePart() {
    assertEquals(List.of("hello"), Parts.of(" hello \n"));
    assertEquals(1, Parts.of("x".repeat(Parts.LIMIT)).size());
  }

  @Test
  void aLongTextIsCutAtALineThenAtAWord() {
    var lines = "word ".repeat(500).strip() + "\n";
    assertTrue(Parts.of(lines.repeat(4)).stream().allMatch(part -> part.endsWith("word")));
    assertTrue(Parts.of("word ".repeat(5000)).stream().allMatch(part -> part.endsWith("word")));
  }

  @Test
  void noPartIsTooLongOrEndsInsideASurrogatePairAndNothingIsLost() {
    var random = RandomGenerator.of("L64X128MixRandom");
    for (int round = 0; round < 200; round++) {
      var text = new StringBuilder();
      int length = random.nextInt(20_000);
      while (text.length() < length) {
        switch (random.nextInt(40)) {
          case 0 -> text.append('\n');
          case 1 -> text.append(' ');
          default ->
              text.appendCodePoint(random.nextBoolean() ? 'a' + random.nextInt(26) : 0x1F600);
        }
      }
      text.append('.');
      var parts = Parts.of(text.toString());
      for (var part : parts) {
        assertTrue(part.length() <= Parts.LIMIT && !part.isBlank());
        assertFalse(Character.isHighSurrogate(part.charAt(part.length() - 1)));
      }
      assertEquals(
          text.toString().replaceAll("\\s", ""), String.join("", parts).replaceAll("\\s", ""));
    }
  }
}
