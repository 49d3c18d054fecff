package example.shout;

import java.util.Locale;
import tg.worker.Answer;
import tg.worker.Progress;
import tg.worker.Task;
import tg.worker.TaskHandler;
import tg.worker.UserError;

/// `/shout hello` answers HELLO!
public final class Shout implements TaskHandler {
  /// Called by the service loader.
  public Shout() {}

  @Override
  public String name() {
    return "shout";
  }

  @Override
  public String help(Locale language) {
    return isRussian(language) ? "повторит громко" : "says it louder";
  }

  @Override
  public Answer handle(Task task, Progress progress) throws UserError {
    var language = task.user().language();
    if (task.text().isBlank()) {
      throw new UserError(
          isRussian(language)
              ? "Что мне прокричать? Скажите /shout привет"
              : "What shall I shout? Say /shout hello");
    }
    progress.report(50, isRussian(language) ? "набираю воздух" : "taking a breath");
    return Answer.text(task.text().toUpperCase(language) + "!");
  }

  private static boolean isRussian(Locale language) {
    return language.getLanguage().equals("ru");
  }
}
