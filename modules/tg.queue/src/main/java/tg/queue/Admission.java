package tg.queue;

import java.util.List;

/// What an enqueue came to.
public sealed interface Admission {
  /// The jobs are in.
  ///
  /// @param ids one for each job, in the order given; where a job replaced a waiting one, that
  ///   one's id
  record Accepted(List<JobId> ids) implements Admission {}

  /// The once-key was used before, within its window: nothing was changed.
  ///
  /// @param key the key
  record Repeated(String key) implements Admission {}
}
