package tg.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The jobs that one partition in memory keeps for others, and up to where it has received theirs.
/// Guarded by the store's lock.
final class MemoryParcels {
  private final Map<Integer, Deque<Partition.Parcel>> out = new HashMap<>();
  private final Map<Integer, Long> watermarks = new HashMap<>();
  private long last;

  void keep(int to, Store.Ticket ticket) {
    out.computeIfAbsent(to, key -> new ArrayDeque<>())
        .addLast(new Partition.Parcel(to, ++last, ticket));
  }

  List<Partition.Parcel> kept() {
    return out.values().stream().flatMap(Deque::stream).toList();
  }

  /// {@return what has not been received before}
  List<Store.Ticket> fresh(int from, List<Partition.Parcel> arrived) {
    var tickets = new ArrayList<Store.Ticket>();
    for (var parcel : arrived) {
      if (parcel.number() > watermarks.getOrDefault(from, 0L)) {
        watermarks.put(from, parcel.number());
        tickets.add((Store.Ticket) parcel.content());
      }
    }
    return tickets;
  }

  boolean forget(int to, long number) {
    var kept = out.getOrDefault(to, new ArrayDeque<>());
    return kept.removeIf(parcel -> parcel.number() <= number);
  }
}
