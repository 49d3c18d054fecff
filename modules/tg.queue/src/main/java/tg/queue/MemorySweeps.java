package tg.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// Sweeps in memory. A cursor is the number of the last job that was looked at.
final class MemorySweeps implements SweepStore {
  private final MemoryStore store;

  MemorySweeps(MemoryStore store) {
    this.store = store;
  }

  @Override
  public Slice slice(Sweep sweep, String cursor, int most) {
    return store.atomically(() -> {
      var now = store.now();
      var queue = store.queue(sweep.queue(), now);
      long after = cursor.isEmpty() ? -1 : Long.parseLong(cursor);
      var looked =
          queue.all().stream()
              .filter(job -> job.sequence > after)
              .sorted(Comparator.comparingLong(job -> job.sequence))
              .limit(most)
              .toList();
      var picked = looked.stream().filter(picks(sweep.which(), now)).toList();
      var done = new ArrayList<JobInfo>();
      for (var job : picked) {
        var info = job.info();
        if (did(sweep.deed(), queue, job.id, now)) {
          done.add(info);
        }
      }
      var next = looked.size() < most ? "" : Long.toString(looked.getLast().sequence);
      var shown = sweep.deed() == Deed.SHOW ? List.copyOf(done) : List.<JobInfo>of();
      return new Slice(next, shown, done.size(), looked.size(), 0);
    });
  }

  private static boolean did(Deed deed, MemoryQueue queue, JobId id, Instant now) {
    return switch (deed) {
      case SHOW, COUNT -> true;
      case CANCEL -> queue.cancel(id, now) != Cancellation.TOO_LATE;
      case REQUEUE -> queue.requeue(id, now);
      case DELETE -> queue.delete(id);
    };
  }

  private static Predicate<MemoryJob> picks(Selection which, Instant now) {
    return which.registries().isEmpty()
        ? job -> which.ids().contains(job.id)
        : job ->
            which.registries().contains(job.registry())
                && which.type().filter(type -> !type.equals(job.type)).isEmpty()
                && which.group().filter(group -> !group.equals(job.group())).isEmpty()
                && which.times().include(time(job), now);
  }

  private static Instant time(MemoryJob job) {
    return switch (job.state) {
      case JobState.Waiting _, JobState.Deferred _ -> job.enqueuedAt;
      case JobState.Scheduled(var at) -> at;
      case JobState.Running(var _, var _, var since) -> since;
      case JobState.Finished(var at, var _) -> at;
      case JobState.Failed(var at, var _) -> at;
      case JobState.Canceled(var at) -> at;
    };
  }
}
