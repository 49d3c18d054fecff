package tg.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tg.queue.JobInfo;
import tg.queue.JobState;
import tg.queue.Queues;
import tg.queue.Registry;
import tg.valkey.Dialog;

/// What is in the store when everything is over.
final class Aftermath {
  private static final int PAGE = 1_000;
  private static final List<String> QUEUES = List.of(Setting.QUEUE, Setting.FOLLOW_UPS);

  private Aftermath() {}

  /// Waits until no job is left to do, or until the time is over.
  static void awaitDrained(Queues queues, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (left(queues) > 0 && System.nanoTime() < deadline) {
      Thread.sleep(100);
    }
  }

  private static long left(Queues queues) {
    return QUEUES.stream().mapToLong(queue -> left(queues, queue)).sum();
  }

  private static long left(Queues queues, String queue) {
    var counts = queues.queue(queue).counts();
    return counts.waiting() + counts.scheduled() + counts.running();
  }

  /// Writes down every ended job, and what has not ended.
  static List<Entry> jobs(Queues queues) {
    var entries = new ArrayList<Entry>();
    for (var queue : QUEUES) {
      entries.add(new Entry.Unfinished(System.nanoTime(), queue, left(queues, queue)));
      queues
          .queue(queue)
          .verify()
          .differences()
          .forEach(each ->
              entries.add(new Entry.Misfit(System.nanoTime(), queue, String.valueOf(each))));
      for (var registry : List.of(Registry.FINISHED, Registry.FAILED, Registry.CANCELED)) {
        int offset = 0;
        List<JobInfo> page;
        do {
          page = queues.queue(queue).list(registry, offset, PAGE);
          page.forEach(info -> entries.add(settled(info)));
          offset += page.size();
        } while (page.size() == PAGE);
      }
    }
    return entries;
  }

  private static Entry settled(JobInfo info) {
    var state =
        switch (info.state()) {
          case JobState.Finished _ -> "finished";
          case JobState.Failed _ -> "failed";
          case JobState.Canceled _ -> "canceled";
          case JobState.Waiting _, JobState.Scheduled _, JobState.Deferred _, JobState.Running _ ->
              "not ended";
        };
    var tries = info.job().tries();
    return new Entry.Settled(
        System.nanoTime(),
        Work.read(info.job().payload().text()).uid(),
        info.id().value(),
        state,
        tries.attempt(),
        tries.failures(),
        tries.crashes());
  }

  /// Writes down every key.
  static List<Entry> keys(int port) {
    var entries = new ArrayList<Entry>();
    try (var dialog = new Dialog(port)) {
      var cursor = "0";
      do {
        var page = dialog.ask("SCAN", cursor, "COUNT", "1000");
        cursor = page.getFirst();
        for (var key : page.subList(1, page.size())) {
          long millis = Long.parseLong(dialog.ask("PTTL", key).getFirst());
          if (millis != -2) {
            entries.add(new Entry.Left(System.nanoTime(), key, millis));
          }
        }
      } while (!cursor.equals("0"));
    }
    return entries;
  }
}
