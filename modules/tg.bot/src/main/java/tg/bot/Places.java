package tg.bot;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.outbox.TaskButton;
import tg.queue.JobId;
import tg.queue.JobState;
import tg.queue.QueueException;
import tg.queue.Queues;
import tg.queue.Registry;
import tg.text.RichText;

/// Tells people who wait how far they have come: when a task's place passes a mark, its
/// acknowledgement says so. Only the first of a long queue are told, others would hear of nothing
/// else. Thread-safe.
final class Places implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tg.bot");
  private static final long EVERY_MILLIS = 3_000;
  private static final long GROUP_PACE_NANOS = TimeUnit.SECONDS.toNanos(6);

  /// Each about a quarter further than the one before.
  private static final List<Integer> MARKS =
      List.of(1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 18, 23, 29, 36, 45, 56, 70, 88, 110, 138);

  private static final int SEEN = 150;

  private final Queues queues;
  private final Voices voices;
  private final Pace pace;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Map<JobId, Integer> told = new HashMap<>();
  private final Map<Long, Long> toldGroup = new HashMap<>();

  Places(Queues queues, Voices voices, Pace pace) {
    this.queues = queues;
    this.voices = voices;
    this.pace = pace;
  }

  static Places start(Queues queues, Voices voices, Pace pace) {
    var places = new Places(queues, voices, pace);
    Thread.ofVirtual().name("places").start(places::run);
    return places;
  }

  private void run() {
    try {
      while (!stopping.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          look(System.nanoTime());
        } catch (QueueException.Unavailable e) {
          LOG.log(Level.DEBUG, "no places now: " + e.getMessage());
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "the places of waiting tasks are not told", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void look(long now) {
    var tasks = queues.queue(Task.QUEUE);
    var counts = tasks.counts();
    pace.look(counts, now);
    if (counts.waiting() == 0) {
      told.clear();
      toldGroup.clear();
      return;
    }
    var waiting = new HashSet<JobId>();
    int place = 0;
    for (var info : tasks.list(Registry.WAITING, 0, SEEN)) {
      waiting.add(info.id());
      place++;
      int mark = mark(place);
      if (told.getOrDefault(info.id(), 0) != mark && tell(Task.of(info.job()), place, now)) {
        told.put(info.id(), mark);
      }
    }
    told.keySet().retainAll(waiting);
    toldGroup.values().removeIf(at -> now - at > GROUP_PACE_NANOS);
  }

  /// {@return the mark that a place has reached}
  static int mark(int place) {
    return MARKS.stream().filter(mark -> place <= mark).findFirst().orElse(SEEN);
  }

  private boolean tell(Task task, int place, long now) {
    long chat = task.message().chat();
    if ((chat < 0 && toldGroup.containsKey(chat)) || !isAcknowledged(task)) {
      return false;
    }
    var voice = voices.in(task.user().language());
    var button = new TaskButton(TaskButton.Verb.CANCEL, task.id(), task.user().id());
    queues.enqueue(
        new Letter.Progress(
                task.id(),
                chat,
                RichText.plain(pace.words(voice, place)),
                button.row(voice.say(Phrase.CANCEL)),
                Letter.Phase.WAITING)
            .toJob());
    if (chat < 0) {
      toldGroup.put(chat, now);
    }
    return true;
  }

  /// A place changes the acknowledgement: before that is said there is nothing to change.
  private boolean isAcknowledged(Task task) {
    return queues
        .queue(Letter.QUEUE)
        .find(task.acknowledgement())
        .map(info ->
            switch (info.state()) {
              case JobState.Finished _, JobState.Failed _, JobState.Canceled _ -> true;
              case JobState.Waiting _,
                  JobState.Scheduled _,
                  JobState.Deferred _,
                  JobState.Running _ ->
                  false;
            })
        .orElse(true);
  }

  @Override
  public void close() {
    stopping.countDown();
  }
}
