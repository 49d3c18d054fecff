package tg.queue;

import java.time.Instant;
import java.util.Set;

/// Where a job is in its life; each state holds only its own data. Instants are of the server's
/// clock.
public sealed interface JobState {
  /// {@return whether it is finished, failed or canceled}
  default boolean ended() {
    return switch (this) {
      case Finished _, Failed _, Canceled _ -> true;
      case Scheduled _, Deferred _, Waiting _, Running _ -> false;
    };
  }

  /// It must not run before the instant.
  ///
  /// @param at due time
  record Scheduled(Instant at) implements JobState {}

  /// It waits for the end of others.
  ///
  /// @param unmet those that it still waits for, in no particular order
  record Deferred(Set<JobRef> unmet) implements JobState {}

  /// It runs as soon as a worker is free and its group may run.
  record Waiting() implements JobState {}

  /// A worker has it.
  ///
  /// @param worker the worker's id
  /// @param attempt the fencing token of this attempt
  /// @param since when it was claimed
  record Running(String worker, long attempt, Instant since) implements JobState {}

  /// It ended well.
  ///
  /// @param at when
  /// @param result as the handler gave it
  record Finished(Instant at, Payload result) implements JobState {}

  /// It ended badly, for good.
  ///
  /// @param at when
  /// @param reason the last failure
  record Failed(Instant at, String reason) implements JobState {}

  /// It was canceled.
  ///
  /// @param at when
  record Canceled(Instant at) implements JobState {}
}
