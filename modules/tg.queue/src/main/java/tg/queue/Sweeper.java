package tg.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Goes through many jobs of a queue, in slices small enough that nobody waits for one. Confined to
/// one thread at a time.
final class Sweeper {
  private static final int FIRST = 16;
  private static final int MOST = 50;
  private static final int MOST_LOOKED_AT = 200;
  private static final int MANY_BYTES = 256 << 10;
  private static final int MOST_SLICES = 100;

  private final SweepStore store;
  private final SweepStore.Sweep sweep;
  private final int largest;
  private int size = FIRST;

  Sweeper(SweepStore store, SweepStore.Sweep sweep) {
    this.store = store;
    this.sweep = sweep;
    this.largest = sweep.deed().changes() ? MOST : MOST_LOOKED_AT;
  }

  /// {@return to how many jobs it was done}
  long through() {
    long sum = 0;
    var cursor = "";
    do {
      var slice = slice(cursor);
      sum += slice.done();
      cursor = slice.next();
    } while (!cursor.isEmpty());
    return sum;
  }

  /// {@return jobs from the cursor on, about so many at least if there are}
  Page page(String from, int least) {
    var jobs = new ArrayList<JobInfo>();
    var cursor = from;
    int slices = 0;
    do {
      size = Math.min(size, Math.max(FIRST, least - jobs.size()));
      var slice = slice(cursor);
      jobs.addAll(slice.jobs());
      cursor = slice.next();
    } while (!cursor.isEmpty() && jobs.size() < least && ++slices < MOST_SLICES);
    return new Page(List.copyOf(jobs), cursor.isEmpty() ? Optional.empty() : Optional.of(cursor));
  }

  /// The next one is as large as the time allows that large jobs take.
  private SweepStore.Slice slice(String cursor) {
    var slice = store.slice(sweep, cursor, size);
    size =
        slice.bytes() > MANY_BYTES
            ? Math.max(1, size / 2)
            : Math.min(largest, Math.max(2, 2 * size));
    return slice;
  }
}
