package tg.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.text.RichText;
import tg.text.Style;

class TextJsonTest {
  private static final List<Style.Kind> KINDS = List.of(Style.Kind.values());
  private static final String[] PIECES = {
    "word ",
    "😀",
    "👩‍👩‍👧‍👦",
    "שלום",
    "\u202e",
    "e\u0301",
    "漢字",
    "\n",
    "\"",
    "\\",
    "\u0000",
    "<b>",
    "&"
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aTextAndItsStylesAreTheSameAfterTheQueue(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      var builder = RichText.builder();
      for (int pieces = random.nextInt(30); pieces > 0; pieces--) {
        var piece = PIECES[random.nextInt(PIECES.length)];
        var kind = KINDS.get(random.nextInt(KINDS.size()));
        var detail = kind == Style.Kind.TEXT_MENTION ? "7" : piece;
        if (random.nextBoolean()) {
          builder.add(piece, kind, detail);
        } else {
          builder.add(piece);
        }
      }
      var text = builder.build();
      // Styles that overlap in every way, as a handler may give them.
      var styles = new ArrayList<>(text.styles());
      if (!text.text().isEmpty()) {
        styles.add(new Style(Style.Kind.BOLD, 0, text.text().length(), ""));
      }
      var rich = new RichText(text.text(), styles);
      var json = TextJson.write(rich).toString();
      assertEquals(rich, TextJson.read(Json.parse(json).asObject()));
    }
  }
}
