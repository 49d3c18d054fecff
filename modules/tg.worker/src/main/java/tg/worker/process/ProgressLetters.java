package tg.worker.process;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tg.api.Call;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.queue.QueueException;
import tg.queue.Queues;
import tg.worker.Progress;

/// Turns a handler's progress into letters: the newest only, when it changed, and not too often.
/// Thread-safe.
final class ProgressLetters implements Progress {
  private static final long PACE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int CELLS = 10;

  private final Queues queues;
  private final Task task;
  // The first second is the acknowledgement's: a quick task needs no progress.
  private long lastAt = System.nanoTime();
  private @Nullable String lastText;

  ProgressLetters(Queues queues, Task task) {
    this.queues = queues;
    this.task = task;
  }

  @Override
  public void report(int percent, String words) {
    var text = bar(Math.clamp(percent, 0, 100), words);
    synchronized (this) {
      long now = System.nanoTime();
      if (text.equals(lastText) || now - lastAt < PACE_NANOS) {
        return;
      }
      lastAt = now;
      lastText = text;
    }
    try {
      queues.enqueue(letter(text, false).toJob());
    } catch (QueueException.Unavailable e) {
      // Progress is a courtesy: the work goes on without it.
    }
  }

  /// {@return the last word on this task, which takes the place of whatever progress still waits}
  Letter last(String text) {
    return letter(text, true);
  }

  private Letter letter(String text, boolean last) {
    return new Letter.Progress(
        task.id(), task.message().chat(), Call.Text.plain(text), List.of(), last);
  }

  private static String bar(int percent, String words) {
    int full = percent * CELLS / 100;
    var bar = "▰".repeat(full) + "▱".repeat(CELLS - full) + " " + percent + " %";
    return words.isBlank() ? bar : bar + "\n" + words;
  }
}
