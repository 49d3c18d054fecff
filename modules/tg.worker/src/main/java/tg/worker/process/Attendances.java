package tg.worker.process;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tg.outbox.Task;
import tg.outbox.Typing;
import tg.queue.Queues;
import tg.text.Voice;

/// Those who stand by the tasks of this process. They share what Telegram takes in a group, 20
/// messages and edits a minute: half of it is for answers. Thread-safe.
///
/// @param queues where progress goes
/// @param typing to show that somebody is at work
/// @param inGroups how many there are in each group
record Attendances(Queues queues, Typing typing, Map<Long, Integer> inGroups) {
  private static final Duration PRIVATE = Duration.ofSeconds(3);
  private static final Duration GROUP = Duration.ofSeconds(6);

  Attendances(Queues queues, Typing typing) {
    this(queues, typing, new ConcurrentHashMap<>());
  }

  Attendance begin(Task task, Voice<Phrase> voice) {
    inGroups.merge(task.message().chat(), 1, Integer::sum);
    return Attendance.begin(this, task, voice);
  }

  void ended(long chat) {
    inGroups.computeIfPresent(chat, (key, many) -> many == 1 ? null : many - 1);
  }

  /// {@return how far apart the edits of one task are, so that all tasks of a group together are at
  /// a pace}
  Duration pace(long chat) {
    // Groups have negative ids.
    return chat < 0 ? GROUP.multipliedBy(inGroups.getOrDefault(chat, 1)) : PRIVATE;
  }
}
