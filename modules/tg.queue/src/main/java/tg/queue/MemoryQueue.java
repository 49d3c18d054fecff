package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// One queue in memory: where each job is, and how it moves. Guarded by the store's lock.
final class MemoryQueue {
  private static final int LONGEST_REASON = 4_096;

  private final Duration keepFinished;
  private final Duration keepFailed;
  private final Map<JobId, MemoryJob> known = new HashMap<>();
  private final Map<Priority, MemoryLanes> waiting = new EnumMap<>(Priority.class);
  private final TreeSet<MemoryJob> scheduled =
      new TreeSet<>(Comparator.comparing(MemoryQueue::due).thenComparingLong(job -> job.sequence));
  private final Map<JobId, MemoryJob> running = new LinkedHashMap<>();
  private final TreeSet<MemoryJob> ended =
      new TreeSet<>(
          Comparator.<MemoryJob, Instant>comparing(job -> job.forgottenAt)
              .thenComparingLong(job -> job.sequence));
  private final Map<String, MemoryJob> replaceable = new HashMap<>();
  private final Map<String, Instant> closedUntil = new HashMap<>();
  private final Map<Registry, Long> ends = new EnumMap<>(Registry.class);
  private long added;
  private long sequence;
  private long claims;

  MemoryQueue(Duration keepFinished, Duration keepFailed) {
    this.keepFinished = keepFinished;
    this.keepFailed = keepFailed;
  }

  JobId add(Store.Ticket ticket, Instant now) {
    if (ticket.named() && known.containsKey(ticket.id())) {
      return ticket.id();
    }
    var replaced = ticket.job().replaceKey().map(replaceable::get);
    if (replaced.isPresent()) {
      replaced.get().type = ticket.job().type();
      replaced.get().payload = ticket.job().payload();
      replaced.get().headers = ticket.job().headers();
      return replaced.get().id;
    }
    var job = new MemoryJob(ticket, now, sequence++);
    known.put(job.id, job);
    added++;
    ticket.job().replaceKey().ifPresent(key -> replaceable.put(key, job));
    var delay = ticket.job().delay().orElse(Duration.ZERO);
    runAt(job, ticket.job().at().orElse(now.plus(delay)), now);
    return job.id;
  }

  /// Makes waiting what is due, and forgets what was kept long enough.
  void advance(Instant now) {
    while (!scheduled.isEmpty() && !due(scheduled.first()).isAfter(now)) {
      waitLast(scheduled.removeFirst());
    }
    forget(now);
  }

  /// Forgets what was kept long enough.
  void forget(Instant now) {
    while (!ended.isEmpty() && !ended.first().forgottenAt.isAfter(now)) {
      known.remove(ended.removeFirst().id);
    }
    closedUntil.values().removeIf(until -> !until.isAfter(now));
  }

  Optional<MemoryJob> claim(Store.Claims claimer, String epoch, Instant now) {
    for (var lanes : waiting.values()) {
      var job = lanes.poll(group -> mayRun(group, claimer.groupLimit(), now));
      if (job.isPresent()) {
        start(job.get(), claimer.worker(), epoch, now);
        return job;
      }
    }
    return Optional.empty();
  }

  private void start(MemoryJob job, String worker, String epoch, Instant now) {
    freeReplaceKey(job);
    job.attempt++;
    job.epoch = epoch;
    job.claim = claims++;
    job.cancelRequested = false;
    job.state = new JobState.Running(worker, job.attempt, now);
    running.put(job.id, job);
  }

  /// {@return whether a claim would get something}
  boolean claimable(int groupLimit, Instant now) {
    return (!scheduled.isEmpty() && !due(scheduled.first()).isAfter(now))
        || waiting.values().stream()
            .anyMatch(lanes -> lanes.any(group -> mayRun(group, groupLimit, now)));
  }

  /// {@return when the next scheduled job is due or the next closed group opens that has jobs}
  Optional<Instant> nextDue() {
    var openings =
        closedUntil.entrySet().stream()
            .filter(closed -> waitingIn(closed.getKey()) > 0)
            .map(Map.Entry::getValue);
    return Stream.concat(openings, scheduled.stream().limit(1).map(MemoryQueue::due))
        .min(Comparator.naturalOrder());
  }

  /// {@return the job, if the epoch runs it in that attempt}
  Optional<MemoryJob> held(JobId id, long attempt, String epoch) {
    return Optional.ofNullable(running.get(id))
        .filter(job -> job.attempt == attempt && epoch.equals(job.epoch));
  }

  /// {@return the jobs that the epoch runs, in the order they were claimed}
  List<MemoryJob> heldBy(String epoch) {
    return running.values().stream()
        .filter(job -> epoch.equals(job.epoch))
        .sorted(Comparator.comparingLong(job -> job.claim))
        .toList();
  }

  /// Ends a running job's attempt as its handler said.
  void settle(MemoryJob job, Outcome outcome, Instant now) {
    running.remove(job.id);
    switch (outcome) {
      case Outcome.Done(var result, var _, var pause) -> {
        close(job.group(), now.plus(pause));
        end(job, new JobState.Finished(now, result), now);
      }
      case Outcome.Failed(var reason, var _) -> {
        job.failures++;
        job.lastFailure = cut(reason);
        end(job, new JobState.Failed(now, job.lastFailure), now);
      }
      case Outcome.Canceled _ -> end(job, new JobState.Canceled(now), now);
      case Outcome.Retry(var delay, var reason, var _) -> {
        job.failures++;
        job.lastFailure = cut(reason);
        runAgainAt(job, now.plus(delay), now);
      }
      case Outcome.Snooze(var delay, var _) -> runAgainAt(job, now.plus(delay), now);
      case Outcome.Postpone(var delay, var reason, var _) -> {
        job.lastFailure = cut(reason);
        postpone(job, delay, now);
      }
    }
  }

  /// Takes back a running job that its worker did not end.
  void giveBack(MemoryJob job, Instant now) {
    running.remove(job.id);
    if (job.cancelRequested) {
      end(job, new JobState.Canceled(now), now);
    } else {
      waitFirst(job);
    }
  }

  Cancellation cancel(JobId id, Instant now) {
    var job = known.get(id);
    if (job == null) {
      return Cancellation.TOO_LATE;
    }
    return switch (job.state) {
      case JobState.Waiting _ -> {
        lanes(job).remove(job);
        end(job, new JobState.Canceled(now), now);
        yield Cancellation.CANCELED;
      }
      case JobState.Scheduled _ -> {
        scheduled.remove(job);
        end(job, new JobState.Canceled(now), now);
        yield Cancellation.CANCELED;
      }
      case JobState.Running _ -> {
        job.cancelRequested = true;
        yield Cancellation.REQUESTED;
      }
      case JobState.Finished _, JobState.Failed _, JobState.Canceled _ -> Cancellation.TOO_LATE;
    };
  }

  boolean requeue(JobId id) {
    var job = known.get(id);
    if (job == null || !job.ended()) {
      return false;
    }
    ended.remove(job);
    job.failures = 0;
    job.crashes = 0;
    job.lastFailure = "";
    waitLast(job);
    return true;
  }

  boolean delete(JobId id) {
    var job = known.get(id);
    if (job == null || !job.ended()) {
      return false;
    }
    ended.remove(job);
    known.remove(id);
    return true;
  }

  Optional<MemoryJob> known(JobId id) {
    return Optional.ofNullable(known.get(id));
  }

  Optional<JobInfo> find(JobId id) {
    return Optional.ofNullable(known.get(id)).map(MemoryJob::info);
  }

  List<JobInfo> list(Registry registry, Instant now) {
    var jobs =
        switch (registry) {
          case WAITING -> {
            var all = new ArrayList<MemoryJob>();
            waiting.values().forEach(lanes -> all.addAll(lanes.inOrder(group -> open(group, now))));
            yield all;
          }
          case SCHEDULED -> scheduled;
          case RUNNING -> running.values();
          case FINISHED, FAILED, CANCELED ->
              ended.stream().filter(job -> job.registry() == registry).toList();
        };
    return jobs.stream().map(MemoryJob::info).toList();
  }

  Counts counts() {
    var ends = new EnumMap<Registry, Long>(Registry.class);
    ended.forEach(job -> ends.merge(job.registry(), 1L, Long::sum));
    return new Counts(
        waiting.values().stream().mapToLong(MemoryLanes::count).sum(),
        scheduled.size(),
        running.size(),
        ends.getOrDefault(Registry.FINISHED, 0L),
        ends.getOrDefault(Registry.FAILED, 0L),
        ends.getOrDefault(Registry.CANCELED, 0L));
  }

  Figures.Totals totals() {
    return new Figures.Totals(
        added,
        ends.getOrDefault(Registry.FINISHED, 0L),
        ends.getOrDefault(Registry.FAILED, 0L),
        ends.getOrDefault(Registry.CANCELED, 0L));
  }

  Duration oldestWaiting(Instant now) {
    return waiting.values().stream()
        .flatMap(lanes -> lanes.inOrder(group -> true).stream())
        .map(job -> Duration.between(job.enqueuedAt, now))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  Counts counts(String group) {
    return new Counts(waitingIn(group), 0, runningIn(group), 0, 0, 0);
  }

  private boolean open(String group, Instant now) {
    return !closedUntil.getOrDefault(group, Instant.MIN).isAfter(now);
  }

  private boolean mayRun(String group, int limit, Instant now) {
    return group.isEmpty() || (open(group, now) && runningIn(group) < limit);
  }

  private long waitingIn(String group) {
    return waiting.values().stream().mapToLong(lanes -> lanes.count(group)).sum();
  }

  private long runningIn(String group) {
    return running.values().stream().filter(job -> job.group().equals(group)).count();
  }

  private void close(String group, Instant until) {
    if (!group.isEmpty()) {
      closedUntil.merge(group, until, (a, b) -> a.isAfter(b) ? a : b);
    }
  }

  private void postpone(MemoryJob job, Duration delay, Instant now) {
    if (job.group().isEmpty()) {
      runAgainAt(job, now.plus(delay), now);
    } else {
      close(job.group(), now.plus(delay));
      giveBack(job, now);
    }
  }

  private void runAgainAt(MemoryJob job, Instant at, Instant now) {
    if (job.cancelRequested) {
      end(job, new JobState.Canceled(now), now);
    } else {
      runAt(job, at, now);
    }
  }

  private void runAt(MemoryJob job, Instant at, Instant now) {
    if (at.isAfter(now)) {
      job.state = new JobState.Scheduled(at);
      scheduled.add(job);
    } else {
      waitLast(job);
    }
  }

  private void waitLast(MemoryJob job) {
    job.state = new JobState.Waiting();
    lanes(job).addLast(job);
  }

  private void waitFirst(MemoryJob job) {
    job.state = new JobState.Waiting();
    lanes(job).addFirst(job);
  }

  private void end(MemoryJob job, JobState state, Instant now) {
    freeReplaceKey(job);
    job.state = state;
    ends.merge(job.registry(), 1L, Long::sum);
    if (state instanceof JobState.Finished) {
      job.notes.keySet().removeIf(name -> name.startsWith(NoteStore.STEP));
    }
    var keep =
        job.asked.keep().orElse(state instanceof JobState.Failed ? keepFailed : keepFinished);
    job.forgottenAt = now.plus(keep);
    if (keep.isZero()) {
      known.remove(job.id);
    } else {
      ended.add(job);
    }
  }

  private void freeReplaceKey(MemoryJob job) {
    job.asked.replaceKey().ifPresent(key -> replaceable.remove(key, job));
  }

  private MemoryLanes lanes(MemoryJob job) {
    return waiting.computeIfAbsent(job.asked.priority(), priority -> new MemoryLanes());
  }

  private static Instant due(MemoryJob job) {
    return switch (job.state) {
      case JobState.Scheduled(var at) -> at;
      case JobState.Waiting _,
          JobState.Running _,
          JobState.Finished _,
          JobState.Failed _,
          JobState.Canceled _ ->
          throw new IllegalStateException("not scheduled: " + job.info());
    };
  }

  private static String cut(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
  }
}
