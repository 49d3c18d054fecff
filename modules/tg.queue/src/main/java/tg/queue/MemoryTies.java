package tg.queue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which jobs of a {@link MemoryStore} wait for which. Guarded by the store's lock.
final class MemoryTies {
  private final MemoryStore store;
  private final Awaited awaited;
  private final Map<JobRef, List<MemoryJob>> dependents = new HashMap<>();
  private final Deque<MemoryJob> ends = new ArrayDeque<>();

  MemoryTies(MemoryStore store, Awaited awaited) {
    this.store = store;
    this.awaited = awaited;
  }

  /// Something has happened to a job.
  void happened(Event.Kind what, MemoryJob job) {
    store.happened(what, job);
  }

  /// Makes a new job wait for others, as far as it must.
  ///
  /// @return why it must not run at all, if it must not
  Optional<String> defer(MemoryJob job, Instant now) {
    for (var ref : job.asked.after()) {
      var other = store.queue(ref.queue(), now).known(ref.id());
      boolean open = other.isPresent() && !other.get().ended();
      boolean suffices =
          other.map(parent -> suffices(job, parent)).orElse(job.terms.otherwise() == Otherwise.RUN);
      if (!open && !suffices && job.terms.otherwise() == Otherwise.CANCEL) {
        job.unmet.clear();
        return Optional.of(
            ref
                + ", on which it depends, "
                + other.map(MemoryTies::howItEnded).orElse("is not known"));
      }
      if (open || (!suffices && job.terms.otherwise() == Otherwise.KEEP)) {
        job.unmet.add(ref);
        if (other.isPresent()) {
          dependents.computeIfAbsent(ref, key -> new ArrayList<>()).add(job);
        }
      }
    }
    return Optional.empty();
  }

  /// A job has ended; {@link #tell} does what follows from it.
  void ended(MemoryJob job) {
    ends.add(job);
  }

  /// Tells of all ends since the last time, and of those they cause.
  void tell(Instant now) {
    for (var parent = ends.poll(); parent != null; parent = ends.poll()) {
      var ref = new JobRef(parent.asked.queue(), parent.id);
      awaited.ended(ref);
      var told = dependents.remove(ref);
      for (var job : told == null ? List.<MemoryJob>of() : told) {
        if (job.unmet.contains(ref)) {
          tell(job, parent, ref, now);
        }
      }
    }
  }

  private void tell(MemoryJob job, MemoryJob parent, JobRef ref, Instant now) {
    var queue = store.queue(job.asked.queue(), now);
    if (suffices(job, parent)) {
      job.unmet.remove(ref);
      if (job.unmet.isEmpty()) {
        queue.release(job, now);
      }
    } else if (job.terms.otherwise() == Otherwise.KEEP) {
      dependents.computeIfAbsent(ref, key -> new ArrayList<>()).add(job);
    } else {
      queue.cancelDeferred(job, ref + ", on which it depends, " + howItEnded(parent), now);
    }
  }

  private static boolean suffices(MemoryJob job, MemoryJob parent) {
    return parent.state instanceof JobState.Finished
        || (parent.ended() && job.terms.otherwise() == Otherwise.RUN);
  }

  private static String howItEnded(MemoryJob parent) {
    return "ended as " + parent.registry().word();
  }
}
