package tg.queue;

import java.util.List;
import java.util.Optional;

/// A part of the jobs of a {@link Selection}. Immutable; a snapshot.
///
/// @param jobs in no particular order
/// @param next what to ask for the next part with, which may be empty; nothing when this was the
///   last. Text that can be kept anywhere, such as in a URL
public record Page(List<JobInfo> jobs, Optional<String> next) {
  /// Copies the list.
  public Page {
    jobs = List.copyOf(jobs);
  }
}
