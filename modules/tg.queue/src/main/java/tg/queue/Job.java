package tg.queue;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A job that this worker has been given to run. Immutable.
///
/// @param id its name
/// @param queue the queue it came from
/// @param type what to do
/// @param body the payload and the group, as enqueued
/// @param enqueuedAt when the server took it, by the server's clock
/// @param tries how often it ran before, and how that ended
public record Job(JobId id, String queue, String type, Body body, Instant enqueuedAt, Tries tries) {

  /// What a job carries. Immutable.
  ///
  /// @param payload the bytes as enqueued
  /// @param group the group, or null
  public record Body(Payload payload, @Nullable String group) {}

  /// How often a job has been started.
  ///
  /// @param attempt 1 for the first start; grows with each start, whatever ended the one before. It
  ///   is the **fencing token**: of two workers that believe they run the job, only the one with
  ///   the greater attempt is right.
  /// @param failures attempts that ended in a failure
  /// @param crashes attempts that ended because their worker died or lost its lease
  public record Tries(long attempt, int failures, int crashes) {}

  /// {@return the payload as enqueued}
  public Payload payload() {
    return body.payload();
  }

  /// {@return the group, if it is in one}
  public Optional<String> group() {
    return Optional.ofNullable(body.group());
  }

  /// {@return the fencing token, see {@link Tries#attempt()}}
  public long attempt() {
    return tries.attempt();
  }
}
