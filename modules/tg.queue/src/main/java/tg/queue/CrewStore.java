package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /// Lets a worker claim nothing, from its next claim on; whatever epochs it begins.
  ///
  /// @param time for how long; null until it is resumed
  /// @return whether it is alive
  boolean pause(String worker, @Nullable Duration time);

  /// Lets a worker claim again.
  ///
  /// @return whether it is alive
  boolean resume(String worker);

  /// {@return jobs that have been running for at least that long, the longest first}
  List<JobInfo> overdue(String queue, Duration time, int limit);

  /// An epoch.
  ///
  /// @param epoch its name
  /// @param about what its worker said; empty when it said nothing yet
  /// @param running how many jobs it holds
  /// @param pausedUntil until when it claims nothing; {@link Instant#MAX} until it is resumed
  record Member(String epoch, String about, int running, Optional<Instant> pausedUntil) {
    String worker() {
      return epoch.substring(0, epoch.lastIndexOf('.'));
    }
  }
}
