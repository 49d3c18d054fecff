package tg.queue;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job in a {@link MemoryQueue}, with all that changes about it. Guarded by the store's lock.
final class MemoryJob {
  final JobId id;
  final NewJob asked;
  final Instant enqueuedAt;
  final long sequence;
  String type;
  Payload payload;
  Map<String, String> headers;
  JobState state = new JobState.Waiting();
  String lastFailure = "";

  /// See {@link NoteStore}.
  final Map<String, byte[]> notes = new LinkedHashMap<>();

  long attempt;
  int failures;
  int crashes;

  /// The epoch that runs it, and the number of that claim; only while it is running.
  @Nullable String epoch;

  long claim;
  boolean cancelRequested;

  /// When its end is forgotten; only once it has ended.
  Instant forgottenAt = Instant.MAX;

  MemoryJob(Store.Ticket ticket, Instant enqueuedAt, long sequence) {
    this.id = ticket.id();
    this.asked = ticket.job();
    this.type = asked.type();
    this.payload = asked.payload();
    this.headers = asked.headers();
    this.enqueuedAt = enqueuedAt;
    this.sequence = sequence;
  }

  /// {@return the group; empty for none}
  String group() {
    return asked.group().orElse("");
  }

  boolean ended() {
    return switch (state) {
      case JobState.Finished _, JobState.Failed _, JobState.Canceled _ -> true;
      case JobState.Scheduled _, JobState.Waiting _, JobState.Running _ -> false;
    };
  }

  Registry registry() {
    return switch (state) {
      case JobState.Scheduled _ -> Registry.SCHEDULED;
      case JobState.Waiting _ -> Registry.WAITING;
      case JobState.Running _ -> Registry.RUNNING;
      case JobState.Finished _ -> Registry.FINISHED;
      case JobState.Failed _ -> Registry.FAILED;
      case JobState.Canceled _ -> Registry.CANCELED;
    };
  }

  Job job() {
    return new Job(
        id,
        asked.queue(),
        type,
        new Job.Body(payload, asked.group().orElse(null), headers, asked.terms()),
        enqueuedAt,
        new Job.Tries(attempt, failures, crashes));
  }

  JobInfo info() {
    return new JobInfo(job(), state, lastFailure);
  }
}
