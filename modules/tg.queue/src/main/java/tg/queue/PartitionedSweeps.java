package tg.queue;

import java.util.List;

/// Sweeps through a namespace that is spread over partitions: one after the other. A cursor is the
/// number of the partition, a space, and its cursor. Thread-safe.
final class PartitionedSweeps implements SweepStore {
  private final List<? extends Partition> partitions;

  PartitionedSweeps(List<? extends Partition> partitions) {
    this.partitions = partitions;
  }

  @Override
  public Slice slice(Sweep sweep, String cursor, int most) {
    int space = cursor.indexOf(' ');
    int number = space < 0 ? 0 : Integer.parseInt(cursor, 0, space, 10);
    if (number >= partitions.size()) {
      return new Slice("", List.of(), 0, 0, 0);
    }
    var part = partitions.get(number).parts().sweeps();
    var slice = part.slice(sweep, cursor.substring(space + 1), most);
    boolean last = slice.next().isEmpty() && number == partitions.size() - 1;
    var next = slice.next().isEmpty() ? (number + 1) + " " : number + " " + slice.next();
    return new Slice(last ? "" : next, slice.jobs(), slice.done(), slice.looked(), slice.bytes());
  }
}
