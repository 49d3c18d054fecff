package example.shout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tg.worker.Answer;
import tg.worker.Task;
import tg.worker.UserError;

class ShoutTest {
  private static Task task(String text, String language) {
    var ann = new Task.User(1, "Ann", Locale.forLanguageTag(language));
    return new Task("t1", ann, "shout", text, 1);
  }

  @Test
  void itShoutsAndTellsItsProgress() throws UserError {
    var progress = new ArrayList<String>();
    var answer =
        new Shout()
            .handle(task("hello", "en"), (percent, words) -> progress.add(percent + " " + words));
    assertEquals(Answer.text("HELLO!"), answer);
    assertEquals(List.of("50 taking a breath"), progress);
  }

  @Test
  void nothingToShoutIsSaidInWordsForThePersonInTheirLanguage() {
    var shout = new Shout();
    var english =
        assertThrows(UserError.class, () -> shout.handle(task(" ", "en"), (percent, words) -> {}));
    assertTrue(english.getMessage().startsWith("What shall I shout?"));
    var russian =
        assertThrows(UserError.class, () -> shout.handle(task(" ", "ru"), (percent, words) -> {}));
    assertTrue(russian.getMessage().startsWith("Что мне прокричать?"));
  }
}
