package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A worker's lease on a {@link MemoryStore}. Guarded by the store's lock.
final class MemoryEpoch {
  final Store.Claims claims;
  Instant deadline;

  /// The latest step and its answer, in case it is repeated.
  long step;

  Set<Integer> stale = Set.of();
  List<Job> claimed = List.of();

  /// Whether a waiting session should return; and for how many requests to cancel it has.
  boolean called;

  int told;

  /// What the worker said of itself, and what was asked of it.
  String about = "";

  @Nullable Duration drain;

  MemoryEpoch(Store.Claims claims, Instant deadline) {
    this.claims = claims;
    this.deadline = deadline;
  }
}
