package example.shout;

import java.util.Locale;
import tg.worker.Answer;
import tg.worker.Progress;
import tg.worker.Task;
import tg.worker.TaskHandler;
import tg.worker.UserError;

/// `/shout hello` answers HELLO.
public final class Shout implements TaskHandler {
  /// Called by the service loader.
  public Shout() {}

  @Override
  public String name() {
    return "shout";
  }

  @Override
  public Answer handle(Task task, Progress progress) throws UserError {
    if (task.text().isBlank()) {
      throw new UserError("What shall I shout? Say /shout hello");
    }
    progress.report(50, "taking a breath");
    return Answer.text(task.text().toUpperCase(Locale.ROOT) + "!");
  }
}
