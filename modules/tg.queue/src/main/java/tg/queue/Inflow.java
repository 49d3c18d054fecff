package tg.queue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/// Takes very many jobs, and hands them on in slices small enough that the server does other things
/// in between. Confined to one thread.
final class Inflow {
  private static final int MOST_JOBS = 200;
  private static final int MOST_BYTES = 256 << 10;

  private final Consumer<List<NewJob>> next;

  Inflow(Consumer<List<NewJob>> next) {
    this.next = next;
  }

  /// {@return how many}
  ///
  /// @throws QueueException.Partly when a slice fails; says how many were added before it
  long take(Iterator<NewJob> jobs) {
    long added = 0;
    while (jobs.hasNext()) {
      var slice = slice(jobs);
      try {
        next.accept(slice);
      } catch (QueueException e) {
        throw new QueueException.Partly(added, slice.size(), e);
      }
      added += slice.size();
    }
    return added;
  }

  private static List<NewJob> slice(Iterator<NewJob> jobs) {
    var slice = new ArrayList<NewJob>();
    long bytes = 0;
    while (jobs.hasNext() && slice.size() < MOST_JOBS && bytes < MOST_BYTES) {
      var job = jobs.next();
      slice.add(job);
      bytes += job.payload().size();
    }
    return List.copyOf(slice);
  }
}
