package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A job in a {@link MemoryQueue}, with all that changes about it. Guarded by the store's lock.
final class MemoryJob {
  final JobId id;
  final NewJob asked;
  final Terms terms;
  final long sequence;
  Instant enqueuedAt;
  String type;
  Payload payload;
  Map<String, String> headers;
  JobState state = new JobState.Waiting();
  Consumer<Event.Kind> listener = kind -> {};
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

  /// The jobs it still waits for.
  final Set<JobRef> unmet = new LinkedHashSet<>();

  /// When it comes to an end if it does not run by then; null for never.
  @Nullable Instant expires;

  /// When its end is forgotten; only once it has ended.
  Instant forgottenAt = Instant.MAX;

  MemoryJob(Store.Ticket ticket, Instant enqueuedAt, long sequence) {
    this.id = ticket.id();
    this.asked = ticket.job();
    this.terms = asked.terms();
    this.type = asked.type();
    this.payload = asked.payload();
    this.headers = asked.headers();
    this.enqueuedAt = enqueuedAt;
    this.sequence = sequence;
  }

  /// When it comes to an end if it does not run by then, which depends on whether it was started.
  @Nullable Instant expiry() {
    var next = new Job.Tries(attempt + 1, failures, crashes);
    var now = job();
    var job = new Job(now.id(), now.queue(), now.type(), now.body(), now.enqueuedAt(), next);
    return terms.expiry(job).map(Terms.Expiry::at).orElse(null);
  }

  /// {@return the group; empty for none}
  String group() {
    return asked.group().orElse("");
  }

  /// When it may run; only while it is scheduled.
  Instant due() {
    if (state instanceof JobState.Scheduled(var at)) {
      return at;
    }
    throw new IllegalStateException("not scheduled: " + info());
  }

  /// How long its end is kept.
  Duration keep(Duration finished, Duration failed) {
    return asked.keep().orElse(state instanceof JobState.Failed ? failed : finished);
  }

  /// Takes over what a newer job brings.
  void replaceBy(NewJob newer) {
    type = newer.type();
    payload = newer.payload();
    headers = newer.headers();
  }

  /// An attempt begins.
  void start(String worker, String claimer, long number, Instant now) {
    attempt++;
    epoch = claimer;
    claim = number;
    cancelRequested = false;
    become(new JobState.Running(worker, attempt, now));
  }

  /// An attempt has failed.
  void fail(String reason) {
    failures++;
    lastFailure = Remembered.cut(reason);
  }

  /// Its budgets are full again.
  void forgive() {
    failures = 0;
    crashes = 0;
    lastFailure = "";
  }

  /// It is somewhere else now. Once it is finished, its steps are of no use.
  void become(JobState now) {
    state = now;
    if (now instanceof JobState.Finished) {
      notes.keySet().removeIf(name -> name.startsWith(NoteStore.STEP));
    }
    listener.accept(Event.Kind.valueOf(registry().name()));
  }

  boolean ended() {
    return switch (state) {
      case JobState.Finished _, JobState.Failed _, JobState.Canceled _ -> true;
      case JobState.Scheduled _, JobState.Deferred _, JobState.Waiting _, JobState.Running _ ->
          false;
    };
  }

  Registry registry() {
    return switch (state) {
      case JobState.Scheduled _ -> Registry.SCHEDULED;
      case JobState.Deferred _ -> Registry.DEFERRED;
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
        new Job.Body(payload, asked.group().orElse(null), headers, terms),
        enqueuedAt,
        new Job.Tries(attempt, failures, crashes));
  }

  JobInfo info() {
    var shown =
        state instanceof JobState.Deferred ? new JobState.Deferred(Set.copyOf(unmet)) : state;
    return new JobInfo(job(), shown, lastFailure);
  }
}
