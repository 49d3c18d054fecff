package tg.queue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What {@link JobQueue#verify} found. Immutable.
///
/// @param jobs how many jobs that have not ended were looked at
/// @param groups of how many groups the running jobs were counted again; -1 when more than 2,000
///   jobs, or more than 4 MiB of jobs, were running, so that this was left out
/// @param differences what does not fit, in any order
public record Verification(long jobs, long groups, List<Difference> differences) {
  /// Copies the list.
  public Verification {
    differences = List.copyOf(differences);
  }

  /// {@return whether everything fits}
  public boolean clean() {
    return differences.isEmpty();
  }

  /// Of two partitions together.
  Verification plus(Verification other) {
    var all = new ArrayList<>(differences);
    all.addAll(other.differences);
    boolean counted = groups >= 0 && other.groups >= 0;
    return new Verification(jobs + other.jobs, counted ? groups + other.groups : -1, all);
  }

  /// {@return this, without what an earlier look did not find}
  Verification confirming(Verification earlier) {
    var before = new HashSet<String>();
    earlier.differences.forEach(each -> before.add(each.kind + " " + each.name));
    var still =
        differences.stream().filter(each -> before.contains(each.kind + " " + each.name)).toList();
    return new Verification(jobs, groups, still);
  }

  /// One thing that does not fit. Immutable.
  ///
  /// @param kind which kind of thing
  /// @param name the id of the job; the group; or a priority, 0 for urgent to 3 for low, a slash
  ///   and the group
  /// @param what what is wrong, in words
  public record Difference(Kind kind, String name, String what) {}

  /// What may not fit.
  public enum Kind {
    /// A job neither waits nor is scheduled, deferred or running: it would never end.
    NOWHERE,
    /// A job is in two places: it would run twice.
    TWICE,
    /// An id waits, is scheduled, deferred or running without a job: it does no harm.
    WITHOUT_JOB,
    /// The jobs of a group wait, and it takes no turns: they would wait until one more is added.
    NO_TURN,
    /// A group takes two turns, or is wrongly taken to take turns or not to.
    RING,
    /// More or fewer jobs of a group run than its limit is compared with.
    RUNNING
  }
}
