package tg.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The part of a {@link Store} that knows the workers. Thread-safe.
interface CrewStore {
  /// Keeps what a worker says of itself, as long as its epoch.
  ///
  /// @param about the text
  /// @return the deadline of a drain, if somebody asked for one
  Optional<Duration> report(String epoch, String about);

  /// {@return the epochs that are alive}
  List<Member> list();

  /// Asks a worker to drain.
  ///
  /// @return whether it is alive
  boolean drain(String worker, Duration deadline);

  /// {@return jobs that have been running for at least that long, the longest first}
  List<JobInfo> overdue(String queue, Duration time, int limit);

  /// An epoch.
  ///
  /// @param epoch its name
  /// @param about what its worker said; empty when it said nothing yet
  /// @param running how many jobs it holds
  record Member(String epoch, String about, int running) {}
}
