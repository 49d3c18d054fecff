package tg.worker.process;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.outbox.TaskButton;
import tg.queue.JobId;
import tg.queue.JobState;
import tg.queue.QueueException;
import tg.queue.Queues;
import tg.text.RichText;
import tg.text.Voice;
import tg.worker.Progress;

/// Stands by a task while it runs: shows that somebody is at work, and turns the handler's progress
/// into letters. Only the newest is said, when it differs from the one before, at a pace: counted
/// from when the one before was said, so that a chat that had to wait is not hurried afterwards.
/// Thread-safe.
final class Attendance implements Progress, AutoCloseable {
  private static final long TYPING_NANOS = Duration.ofSeconds(4).toNanos();
  private static final long PREVIEW_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long FIRST_NANOS = Duration.ofMillis(900).toNanos();
  private static final long LOOK_NANOS = Duration.ofMillis(500).toNanos();
  private static final int CELLS = 10;

  private final Attendances all;
  private final Queues queues;
  private final Task task;
  private final Voice<Phrase> voice;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final Thread thread;
  private String newest = "";
  private String said = "";
  private String previewed = "";
  private @Nullable JobId letter;
  private boolean closed;

  private Attendance(Attendances all, Task task, Voice<Phrase> voice) {
    this.all = all;
    this.queues = all.queues();
    this.task = task;
    this.voice = voice;
    this.thread = Thread.ofVirtual().name("attendance " + task.id()).unstarted(this::stand);
  }

  static Attendance begin(Attendances all, Task task, Voice<Phrase> voice) {
    var attendance = new Attendance(all, task, voice);
    attendance.thread.start();
    return attendance;
  }

  private Duration pace() {
    return all.pace(task.message().chat());
  }

  @Override
  public void report(int percent, String words) {
    var text = bar(Math.clamp(percent, 0, 100), words);
    lock.lock();
    try {
      if (!text.equals(newest)) {
        newest = text;
        change.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void stand() {
    long shownAt = System.nanoTime();
    long typeAt = shownAt + FIRST_NANOS;
    // The first second is the acknowledgement's: a quick task needs no progress.
    long sayAt = typeAt;
    lock.lock();
    try {
      while (!closed) {
        long now = System.nanoTime();
        if (all.typing().previews(task.message()) && !newest.equals(previewed)) {
          typeAt = Math.min(typeAt, shownAt + PREVIEW_NANOS);
        }
        if (now - typeAt >= 0) {
          previewed = newest;
          all.typing().show(task.message(), task.id().value().hashCode() | 1, newest);
          shownAt = now;
          typeAt = now + TYPING_NANOS;
        }
        boolean news = !newest.equals(said);
        if (news && now - sayAt >= 0) {
          sayAt = now + say();
          continue;
        }
        long until = news ? Math.min(typeAt - now, sayAt - now) : typeAt - now;
        if (change.awaitNanos(until) > 0 && closed) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// Says the newest, if it is time.
  ///
  /// @return how long to wait before the next
  private long say() {
    var text = newest;
    lock.unlock();
    try {
      var wait = sinceLast();
      if (wait.isPositive()) {
        return Math.max(wait.toNanos(), TimeUnit.MILLISECONDS.toNanos(1));
      }
      letter = queues.enqueue(progress(text, Letter.Phase.RUNNING, cancel()).toJob());
    } catch (QueueException e) {
      // Progress is a courtesy: the work goes on without it.
    } finally {
      lock.lock();
    }
    said = text;
    return pace().toNanos();
  }

  /// How long the pace asks to wait; zero when nothing was said yet.
  private Duration sinceLast() {
    var last = letter;
    if (last == null) {
      return Duration.ZERO;
    }
    var state = queues.queue(Letter.QUEUE).find(last).map(info -> info.state());
    if (state.isPresent() && state.get() instanceof JobState.Finished(var at, _)) {
      var passed = Duration.between(at, InstantSource.system().instant());
      // Two clocks: a wrong one can make us slow, never hasty.
      return passed.isNegative() ? pace() : pace().minus(passed);
    }
    boolean over = state.isEmpty() || state.get() instanceof JobState.Failed;
    return over ? Duration.ZERO : Duration.ofNanos(LOOK_NANOS);
  }

  private List<List<tg.api.Button>> cancel() {
    var button = new TaskButton(TaskButton.Verb.CANCEL, task.id(), task.user().id());
    return button.row(voice.say(Phrase.CANCEL));
  }

  private Letter.Progress progress(
      String text, Letter.Phase phase, List<List<tg.api.Button>> buttons) {
    return new Letter.Progress(
        task.id(), task.message().chat(), RichText.plain(text), buttons, phase);
  }

  static String bar(int percent, String words) {
    int full = percent * CELLS / 100;
    var bar = "▰".repeat(full) + "▱".repeat(CELLS - full) + " " + percent + " %";
    return words.isBlank() ? bar : bar + "\n" + words.strip();
  }

  @Override
  public void close() {
    all.ended(task.message().chat());
    lock.lock();
    try {
      closed = true;
      change.signal();
    } finally {
      lock.unlock();
    }
  }
}
