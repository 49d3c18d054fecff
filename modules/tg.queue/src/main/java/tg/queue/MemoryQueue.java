package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// One queue in memory: where each job is, and how it moves. Guarded by the store's lock.
final class MemoryQueue {
  private final Duration keepFinished;
  private final Duration keepFailed;
  private final Map<JobId, MemoryJob> known = new HashMap<>();
  private final MemoryWaiting waiting = new MemoryWaiting();
  private final TreeSet<MemoryJob> scheduled =
      new TreeSet<>(Comparator.comparing(MemoryJob::due).thenComparingLong(job -> job.sequence));
  private final Map<JobId, MemoryJob> running = new LinkedHashMap<>();
  private final TreeSet<MemoryJob> ended =
      new TreeSet<>(
          Comparator.<MemoryJob, Instant>comparing(job -> job.forgottenAt)
              .thenComparingLong(job -> job.sequence));
  private final Map<JobId, MemoryJob> deferred = new LinkedHashMap<>();
  private final MemoryExpiry expiry = new MemoryExpiry();
  private final MemoryKeys keys = new MemoryKeys();
  private final MemoryTies ties;
  private final Map<Registry, Long> ends = new EnumMap<>(Registry.class);
  private long added;
  private long sequence;
  private long claims;

  MemoryQueue(MemoryTies ties, Duration keepFinished, Duration keepFailed) {
    this.ties = ties;
    this.keepFinished = keepFinished;
    this.keepFailed = keepFailed;
  }

  JobId add(Store.Ticket ticket, Instant now) {
    if (ticket.named() && known.containsKey(ticket.id())) {
      return ticket.id();
    }
    var asked = ticket.job();
    var replaced = keys.replaceable(asked);
    if (replaced.isPresent()) {
      replace(replaced.get(), asked, now);
      return replaced.get().id;
    }
    var holder = asked.unique().flatMap(unique -> holder(unique.kind(), unique.key(), now));
    if (holder.isPresent()) {
      return holder.get();
    }
    var job = new MemoryJob(ticket, now, sequence++);
    job.listener = kind -> ties.happened(kind, job);
    known.put(job.id, job);
    added++;
    keys.take(job, now);
    expiry.note(job);
    var verdict = ties.defer(job, now);
    if (verdict.isPresent()) {
      cancelDeferred(job, verdict.get(), now);
    } else if (!job.unmet.isEmpty()) {
      job.become(new JobState.Deferred(Set.of()));
      deferred.put(job.id, job);
    } else {
      runAt(job, asked.at().orElse(now.plus(asked.delay().orElse(Duration.ZERO))), now);
    }
    return job.id;
  }

  Optional<JobId> holder(char kind, String key, Instant now) {
    return keys.holder(kind, key, now);
  }

  private void replace(MemoryJob job, NewJob by, Instant now) {
    job.replaceBy(by);
    var atMost = by.terms().debounce();
    if (atMost.isPresent() && job.state instanceof JobState.Scheduled) {
      var last = job.enqueuedAt.plus(atMost.get());
      var due = now.plus(by.delay().orElse(Duration.ZERO));
      scheduled.remove(job);
      job.become(new JobState.Scheduled(due.isBefore(last) ? due : last));
      scheduled.add(job);
    }
  }

  /// Lets a job run that waits for no other any more.
  void release(MemoryJob job, Instant now) {
    deferred.remove(job.id);
    runAt(job, job.terms.due(now), now);
  }

  /// Cancels a job that must not run because of the end of another.
  void cancelDeferred(MemoryJob job, String reason, Instant now) {
    job.lastFailure = reason;
    leavePlace(job);
    end(job, new JobState.Canceled(now), now);
  }

  /// Makes waiting what is due, and forgets what was kept long enough.
  void advance(Instant now) {
    while (!scheduled.isEmpty() && !scheduled.first().due().isAfter(now)) {
      waiting.addLast(scheduled.removeFirst());
    }
    forget(now);
  }

  /// Forgets what was kept long enough.
  void forget(Instant now) {
    while (!ended.isEmpty() && !ended.first().forgottenAt.isAfter(now)) {
      known.remove(ended.removeFirst().id);
    }
    waiting.forget(now);
  }

  /// Claims a job that has expired; its worker ends it.
  Optional<MemoryJob> claimOverdue(Store.Claims claimer, String epoch, Instant now) {
    var overdue = expiry.poll(now);
    overdue.ifPresent(job -> {
      leavePlace(job);
      start(job, claimer.worker(), epoch, now);
    });
    return overdue;
  }

  /// @param aged whether only jobs that have waited for too long may go
  Optional<MemoryJob> claim(Store.Claims claimer, String epoch, boolean aged, Instant now) {
    var next = waiting.poll(group -> mayRun(group, claimer.groupLimit(), now), aged, now);
    next.ifPresent(job -> start(job, claimer.worker(), epoch, now));
    return next;
  }

  private void start(MemoryJob job, String worker, String epoch, Instant now) {
    keys.started(job);
    job.start(worker, epoch, claims++, now);
    running.put(job.id, job);
  }

  /// {@return whether a claim would get something}
  boolean claimable(int groupLimit, Instant now) {
    return (!scheduled.isEmpty() && !scheduled.first().due().isAfter(now))
        || expiry.due(now)
        || waiting.any(group -> mayRun(group, groupLimit, now), now);
  }

  /// {@return when the next scheduled job is due or the next closed group opens that has jobs}
  Optional<Instant> nextDue(Instant now) {
    return Stream.of(
            waiting.openings(now),
            scheduled.stream().limit(1).map(MemoryJob::due),
            expiry.next().stream())
        .flatMap(times -> times)
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
    rules().ended(job, !(outcome instanceof Outcome.Done done) || done.counted(), now);
    switch (outcome) {
      case Outcome.Done(var result, var _, var pause, var _) -> {
        waiting.close(job.group(), pause, now);
        end(job, new JobState.Finished(now, result), now);
      }
      case Outcome.Failed(var reason, var _) -> {
        job.fail(reason);
        end(job, new JobState.Failed(now, job.lastFailure), now);
      }
      case Outcome.Canceled _ -> end(job, new JobState.Canceled(now), now);
      case Outcome.Retry(var delay, var reason, var _) -> {
        job.fail(reason);
        runAgainAt(job, now.plus(delay), now);
      }
      case Outcome.Snooze(var delay, var _) -> runAgainAt(job, now.plus(delay), now);
      case Outcome.Postpone(var delay, var reason, var _) -> {
        job.lastFailure = Remembered.cut(reason);
        postpone(job, delay, now);
      }
    }
  }

  /// Takes back a running job of a worker that is gone. One that was claimed only to be ended, as
  /// its waiting was over, is as if it had not been claimed.
  void takeBack(MemoryJob job, int crash, Instant now) {
    var since = job.state instanceof JobState.Running(var _, var _, var at) ? at : now;
    job.attempt--;
    var limit = job.expiry();
    if (job.attempt > 0 || limit == null || limit.isAfter(since)) {
      job.attempt++;
      job.crashes += crash;
    }
    giveBack(job, now);
  }

  /// Takes back a running job that its worker did not end.
  void giveBack(MemoryJob job, Instant now) {
    running.remove(job.id);
    rules().ended(job, true, now);
    if (job.cancelRequested) {
      end(job, new JobState.Canceled(now), now);
    } else {
      expiry.note(job);
      waiting.addFirst(job);
    }
  }

  Cancellation cancel(JobId id, Instant now) {
    var job = known.get(id);
    if (job == null) {
      return Cancellation.TOO_LATE;
    }
    return switch (job.state) {
      case JobState.Waiting _, JobState.Scheduled _, JobState.Deferred _ -> {
        leavePlace(job);
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

  /// Takes a job that does not run out of where it waits.
  private void leavePlace(MemoryJob job) {
    switch (job.state) {
      case JobState.Waiting _ -> waiting.remove(job);
      case JobState.Scheduled _ -> scheduled.remove(job);
      case JobState.Deferred _ -> deferred.remove(job.id);
      case JobState.Running _, JobState.Finished _, JobState.Failed _, JobState.Canceled _ -> {}
    }
    job.unmet.clear();
  }

  boolean requeue(JobId id, Instant now) {
    var job = known.get(id);
    if (job == null || !job.ended()) {
      return false;
    }
    ended.remove(job);
    job.forgive();
    if (!job.terms.equals(Terms.NONE)) {
      job.enqueuedAt = now;
    }
    expiry.note(job);
    waiting.addLast(job);
    return true;
  }

  boolean delete(JobId id) {
    var job = known.get(id);
    if (job == null || !job.ended()) {
      return false;
    }
    ended.remove(job);
    ties.happened(Event.Kind.DELETED, job);
    return known.remove(id) != null;
  }

  Optional<MemoryJob> known(JobId id) {
    return Optional.ofNullable(known.get(id));
  }

  List<JobInfo> list(Registry registry, Instant now) {
    var jobs =
        switch (registry) {
          case WAITING -> waiting.inOrder(now);
          case SCHEDULED -> scheduled;
          case DEFERRED -> deferred.values();
          case RUNNING -> running.values();
          case FINISHED, FAILED, CANCELED ->
              ended.stream().filter(job -> job.registry() == registry).toList();
        };
    return jobs.stream().map(MemoryJob::info).toList();
  }

  /// {@return every job that is known}
  Collection<MemoryJob> all() {
    return known.values();
  }

  Counts counts() {
    var ends = new EnumMap<Registry, Long>(Registry.class);
    ended.forEach(job -> ends.merge(job.registry(), 1L, Long::sum));
    return new Counts(
        waiting.count(),
        scheduled.size(),
        running.size(),
        ends.getOrDefault(Registry.FINISHED, 0L),
        ends.getOrDefault(Registry.FAILED, 0L),
        ends.getOrDefault(Registry.CANCELED, 0L),
        deferred.size());
  }

  Figures.Totals totals() {
    return new Figures.Totals(
        added,
        ends.getOrDefault(Registry.FINISHED, 0L),
        ends.getOrDefault(Registry.FAILED, 0L),
        ends.getOrDefault(Registry.CANCELED, 0L));
  }

  Duration oldestWaiting(Instant now) {
    return waiting.oldest(now);
  }

  Verification verify(Instant now) {
    var places = new ArrayList<MemoryJob>(waiting.inOrder(now));
    Stream.of(scheduled, deferred.values(), running.values(), ended).forEach(places::addAll);
    return MemoryAudit.compare(known.values(), places);
  }

  Counts counts(String group) {
    return new Counts(waiting.count(group), 0, runningIn(group), 0, 0, 0);
  }

  MemoryRules rules() {
    return waiting.rules();
  }

  /// {@return the limit, if that many jobs more would be too many to wait in the group}
  OptionalInt refuses(String group, int more) {
    int most = rules().of(group).waiting();
    return waiting.count(group) + more <= most ? OptionalInt.empty() : OptionalInt.of(most);
  }

  private boolean mayRun(String group, int limit, Instant now) {
    int most = Math.min(limit, rules().of(group).running());
    return group.isEmpty() || (rules().open(group, now) && runningIn(group) < most);
  }

  private long runningIn(String group) {
    return running.values().stream().filter(job -> job.group().equals(group)).count();
  }

  private void postpone(MemoryJob job, Duration delay, Instant now) {
    if (job.group().isEmpty()) {
      runAgainAt(job, now.plus(delay), now);
    } else {
      waiting.close(job.group(), delay, now);
      giveBack(job, now);
    }
  }

  private void runAgainAt(MemoryJob job, Instant at, Instant now) {
    if (job.cancelRequested) {
      end(job, new JobState.Canceled(now), now);
    } else {
      expiry.note(job);
      runAt(job, at, now);
    }
  }

  private void runAt(MemoryJob job, Instant at, Instant now) {
    if (at.isAfter(now)) {
      job.become(new JobState.Scheduled(at));
      scheduled.add(job);
    } else {
      waiting.addLast(job);
    }
  }

  private void end(MemoryJob job, JobState state, Instant now) {
    keys.ended(job);
    expiry.forget(job);
    ties.ended(job);
    job.become(state);
    ends.merge(job.registry(), 1L, Long::sum);
    job.forgottenAt = now.plus(job.keep(keepFinished, keepFailed));
    if (!job.forgottenAt.isAfter(now)) {
      known.remove(job.id);
    } else {
      ended.add(job);
    }
  }
}
