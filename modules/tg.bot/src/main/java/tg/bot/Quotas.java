package tg.bot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tg.outbox.Task;
import tg.process.Counter;
import tg.process.Settings;
import tg.queue.GroupLimits;
import tg.queue.JobId;
import tg.queue.JobInfo;
import tg.queue.JobState;
import tg.queue.QueueLimits;
import tg.queue.Queues;
import tg.text.Voice;

/// What one person may ask for, and all together: who is refused hears why, and when to come back.
/// Thread-safe.
///
/// How many of a person's tasks wait in a chat is the queue's own quota, checked in the step that
/// adds the task. The rest is looked up before: updates of one chat come one after the other, from
/// one bot at a time, so only the number of all may be passed, by a batch at most.
final class Quotas {
  private static final int REMEMBERED = 10_000;

  private final Queues queues;
  private final Settings.Quotas most;
  private final Pace pace;
  private final Days days;
  private final Counter refused =
      new Counter("tg_refused_tasks_total", "Tasks refused by a limit, told to the person", "why");

  /// The tasks asked for last, by what they ask for.
  private final Map<String, JobId> same =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JobId> eldest) {
          return size() > REMEMBERED;
        }
      };

  Quotas(Queues queues, Settings.Quotas most, Pace pace, InstantSource clock) {
    this.queues = queues;
    this.most = most;
    this.pace = pace;
    this.days = new Days(queues, most.day(), clock);
  }

  /// Sets what the queue itself checks.
  void hold() {
    var each = GroupLimits.NONE;
    var limits =
        QueueLimits.NONE.eachGroup(most.waiting() == 0 ? each : each.waiting(most.waiting()));
    queues.queue(Task.QUEUE).limit(limits);
  }

  /// {@return the tasks that were refused}
  Counter refused() {
    return refused;
  }

  /// {@return why a task is not taken; empty when it may be}
  ///
  /// @param waiting how many tasks of all people wait
  Optional<String> refusal(Task task, long waiting, Voice<Phrase> voice) {
    if (isUnderWay(task)) {
      refused.count("same");
      return Optional.of(voice.say(Phrase.SAME_AGAIN));
    }
    if (days.full(task.user().id())) {
      refused.count("day");
      return Optional.of(
          voice.count(Phrase.QUOTA_DAY, most.day(), inWords(voice, days.untilTomorrow())));
    }
    if (most.all() > 0 && waiting >= most.all()) {
      refused.count("busy");
      // A tenth fewer, so that not all who were refused meet the same end of the queue.
      return Optional.of(busy(voice, waiting - most.all() + Math.max(1, most.all() / 10)));
    }
    return Optional.empty();
  }

  private String busy(Voice<Phrase> voice, long tooMany) {
    return pace.until(tooMany)
        .map(wait -> voice.say(Phrase.BUSY_TIME, inWords(voice, wait)))
        .orElseGet(() -> voice.say(Phrase.BUSY));
  }

  /// {@return what is said to somebody of whom too many tasks wait}
  String tooManyWait(Voice<Phrase> voice) {
    refused.count("waiting");
    long all = queues.queue(Task.QUEUE).counts().waiting();
    // People take turns, so the next of one's own starts when each of the others had one.
    return pace.until(Math.max(1, all / most.waiting()))
        .map(wait -> voice.count(Phrase.QUOTA_WAITING_TIME, most.waiting(), inWords(voice, wait)))
        .orElseGet(() -> voice.count(Phrase.QUOTA_WAITING, most.waiting()));
  }

  /// Counts a task that was taken.
  void taken(Task task) {
    synchronized (same) {
      same.put(payload(task), task.id());
    }
    days.count(task.user().id());
  }

  private boolean isUnderWay(Task task) {
    JobId before;
    synchronized (same) {
      before = same.get(payload(task));
    }
    return before != null
        && !before.equals(task.id())
        && queues.queue(Task.QUEUE).find(before).filter(Quotas::goesOn).isPresent();
  }

  private static boolean goesOn(JobInfo info) {
    return switch (info.state()) {
      case JobState.Waiting _, JobState.Scheduled _, JobState.Deferred _, JobState.Running _ ->
          true;
      case JobState.Finished _, JobState.Failed _, JobState.Canceled _ -> false;
    };
  }

  /// Whose, where, and what: in a few bytes, however long the text is.
  private static String payload(Task task) {
    var file = task.file();
    var all =
        String.join(
            "\n",
            Task.lane(task.message().chat(), task.user().id()),
            Integer.toString(task.message().topic()),
            task.command(),
            file == null ? "" : file.id(),
            task.text());
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String inWords(Voice<Phrase> voice, Duration wait) {
    long minutes = Math.max(1, (wait.toSeconds() + 59) / 60);
    return minutes < 100
        ? voice.count(Phrase.IN_MINUTES, minutes)
        : voice.count(Phrase.IN_HOURS, (minutes + 59) / 60);
  }
}
