package tg.queue;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A worker's lease on a {@link MemoryStore}. Guarded by the store's lock.
final class MemoryEpoch {
  final Store.Claims claims;
  Instant deadline;

  /// The latest step and its answer, in case it is repeated.
  long step;

  Set<Integer> stale = Set.of();
  List<Job> claimed = List.of();

  MemoryEpoch(Store.Claims claims, Instant deadline) {
    this.claims = claims;
    this.deadline = deadline;
  }
}
