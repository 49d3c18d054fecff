package tg.queue;

import java.util.List;
import java.util.Locale;

/// The part of a {@link Store} that goes through many jobs, in slices of which each is one atomic
/// step. Thread-safe.
interface SweepStore {
  /// Does something to the jobs of a slice.
  ///
  /// @param cursor where the slice begins: empty at first, then what the slice before said
  /// @param most how many to look at; about, as a store may keep some of them together
  Slice slice(Sweep sweep, String cursor, int most);

  /// What to do, and to which jobs.
  ///
  /// @param queue whose
  /// @param deed what
  /// @param which jobs
  record Sweep(String queue, Deed deed, Selection which) {}

  /// What a slice has done.
  ///
  /// @param next where the next one begins; empty after the last
  /// @param jobs those that were selected, if they were to be shown
  /// @param done to how many it was done
  /// @param looked how many were looked at
  /// @param bytes how large these were together; 0 when that does not matter
  record Slice(String next, List<JobInfo> jobs, long done, long looked, long bytes) {}

  /// What to do with a job.
  enum Deed {
    SHOW,
    COUNT,
    /// Of one that runs: ask for it.
    CANCEL,
    REQUEUE,
    DELETE;

    boolean changes() {
      return this != SHOW && this != COUNT;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
