package example.shout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import tg.worker.Answer;
import tg.worker.Task;
import tg.worker.UserError;

class ShoutTest {
  private static Task task(String text) {
    return new Task("t1", new Task.User(1, "Ann", Locale.ENGLISH), "shout", text, 1);
  }

  @Test
  void itShouts() throws UserError {
    assertEquals(Answer.text("HELLO!"), new Shout().handle(task("hello"), (percent, words) -> {}));
  }

  @Test
  void nothingToShoutIsSaidInWordsForThePerson() {
    assertThrows(UserError.class, () -> new Shout().handle(task(" "), (percent, words) -> {}));
  }
}
