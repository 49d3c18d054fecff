package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A worker's side of a {@link MemoryStore}.
final class MemorySession implements Session {
  private final MemoryStore store;
  private final Store.Claims claims;
  private volatile boolean closed;

  MemorySession(MemoryStore store, Store.Claims claims) {
    this.store = store;
    this.claims = claims;
  }

  @Override
  public void register(String epoch) {
    store.atomically(() ->
        store
            .epochs()
            .computeIfAbsent(epoch, name -> new MemoryEpoch(claims, fullTime(store.now()))));
  }

  @Override
  public Reply next(Step step) {
    return store.atomically(() -> {
      checkOpen();
      var epoch = store.epochs().get(step.epoch());
      if (epoch == null) {
        return new Reply.Fenced();
      }
      var now = store.now();
      if (step.number() != epoch.step) {
        epoch.step = step.number();
        epoch.stale = settle(step, now);
        store.tell(now);
        epoch.claimed = claim(step, now);
      }
      return new Reply.Applied(stillHeld(step.epoch(), epoch), epoch.stale, hints(step, now));
    });
  }

  private Set<Integer> settle(Step step, Instant now) {
    var stale = new HashSet<Integer>();
    var returned = new ArrayList<MemoryJob>();
    for (int i = 0; i < step.settlements().size(); i++) {
      var settlement = step.settlements().get(i);
      var job = held(settlement, step.epoch(), now);
      if (job.isEmpty()) {
        stale.add(i);
        continue;
      }
      switch (settlement.ending()) {
        case Ending.By(var outcome) -> queueOf(settlement, now).settle(job.get(), outcome, now);
        case Ending.Returned(var started) -> {
          if (!started) {
            job.get().attempt--;
            queueOf(settlement, now).rules().ended(job.get(), false, now);
          }
          returned.add(job.get());
        }
      }
      store.addAll(settlement.followUps(), now);
    }
    giveBack(returned, now);
    return Set.copyOf(stale);
  }

  /// Lane by lane in the order of the claims; in each the latest claimed goes to the head first, so
  /// that the earliest is the head in the end.
  private void giveBack(List<MemoryJob> jobs, Instant now) {
    var lanes = new LinkedHashMap<List<Object>, List<MemoryJob>>();
    for (var job : jobs.stream().sorted(Comparator.comparingLong(job -> job.claim)).toList()) {
      var lane = List.<Object>of(job.asked.queue(), job.asked.priority(), job.group());
      lanes.computeIfAbsent(lane, name -> new ArrayList<>()).addFirst(job);
    }
    for (var lane : lanes.values()) {
      lane.forEach(job -> store.queue(job.asked.queue(), now).giveBack(job, now));
    }
  }

  private List<Job> claim(Step step, Instant now) {
    var jobs = new ArrayList<Job>();
    for (var name : paused(now).isPresent() ? List.<String>of() : step.order(claims)) {
      var queue = store.queue(name, now);
      queue.advance(now);
      claim(jobs, step.want() - jobs.size(), () -> queue.claimOverdue(claims, step.epoch(), now));
      int want = step.want() - jobs.size();
      int aged = want == 1 ? (int) (step.number() % 2) : want / 2;
      claim(jobs, aged, () -> queue.claim(claims, step.epoch(), true, now));
      want = step.want() - jobs.size();
      claim(jobs, want, () -> queue.claim(claims, step.epoch(), false, now));
    }
    return List.copyOf(jobs);
  }

  private static void claim(List<Job> jobs, int most, Supplier<Optional<MemoryJob>> next) {
    for (int i = 0; i < most; i++) {
      var job = next.get();
      if (job.isEmpty()) {
        break;
      }
      jobs.add(job.get().job());
    }
  }

  private List<Job> stillHeld(String name, MemoryEpoch epoch) {
    var now = store.now();
    return epoch.claimed.stream()
        .filter(
            job -> store.queue(job.queue(), now).held(job.id(), job.attempt(), name).isPresent())
        .toList();
  }

  @Override
  public Pulse renew(String name) {
    return store.atomically(() -> {
      checkOpen();
      var now = store.now();
      var epoch = store.epochs().get(name);
      if (epoch != null) {
        epoch.deadline = fullTime(now);
      }
      return new Pulse(epoch != null, canceled(name, now), someExpired(now), now);
    });
  }

  /// There are no counters in memory.
  @Override
  public void refused(int outcomes) {}

  @Override
  public void await(String epoch, boolean claimable, Duration atMost) {
    store.await(
        () -> worthWaking(epoch, claimable),
        () -> claimable && due(store.now()).isPresent(),
        atMost);
  }

  @Override
  public void wake(String name) {
    store.atomically(() -> {
      call(name);
      return null;
    });
  }

  private void call(String name) {
    var epoch = store.epochs().get(name);
    if (epoch != null) {
      epoch.called = true;
    }
  }

  private boolean worthWaking(String name, boolean claimable) {
    checkOpen();
    var now = store.now();
    var epoch = store.epochs().get(name);
    if (epoch == null || (claimable && claimable(now))) {
      return true;
    }
    boolean called = epoch.called || canceled(name, now).size() > epoch.told;
    epoch.called = false;
    epoch.told = canceled(name, now).size();
    return called;
  }

  @Override
  public int reap() {
    return store.atomically(() -> {
      checkOpen();
      var now = store.now();
      var dead = new ArrayList<String>();
      store
          .epochs()
          .forEach((name, epoch) -> {
            if (!epoch.deadline.isAfter(now)) {
              dead.add(name);
            }
          });
      return dead.stream().mapToInt(name -> crash(name, now)).sum();
    });
  }

  private int crash(String name, Instant now) {
    var epoch = store.epochs().remove(name);
    int jobs = 0;
    for (var queueName : epoch == null ? List.<String>of() : epoch.claims.queues()) {
      var queue = store.queue(queueName, now);
      var held = queue.heldBy(name);
      held.reversed().forEach(job -> queue.takeBack(job, 1, now));
      jobs += held.size();
    }
    return jobs;
  }

  @Override
  public void resign(String name) {
    store.atomically(() -> {
      var epoch = store.epochs().remove(name);
      var now = store.now();
      for (var queueName : epoch == null ? List.<String>of() : epoch.claims.queues()) {
        var queue = store.queue(queueName, now);
        queue.heldBy(name).reversed().forEach(job -> queue.takeBack(job, 0, now));
      }
      return null;
    });
  }

  @Override
  public void close() {
    closed = true;
    try {
      store.atomically(() -> null);
    } catch (QueueException.Unavailable e) {
      // The store was closed before, and has woken everybody.
    }
  }

  private Hints hints(Step step, Instant now) {
    var until = paused(now);
    var news = EnumSet.noneOf(News.class);
    if (someExpired(now)) {
      news.add(News.EXPIRED);
    }
    if (store.keepsParcels()) {
      news.add(News.PARCELS);
    }
    until.ifPresent(end -> news.add(News.PAUSED));
    var due = until.isPresent() ? until.filter(end -> !end.equals(Instant.MAX)) : due(now);
    return new Hints(
        canceled(step.epoch(), now),
        until.isEmpty() && claimable(now),
        due.map(at -> Duration.between(now, at)).orElse(null),
        news,
        now);
  }

  private Optional<Instant> paused(Instant now) {
    return store.pausedUntil(claims.worker(), now);
  }

  private boolean someExpired(Instant now) {
    return store.epochs().values().stream().anyMatch(any -> !any.deadline.isAfter(now));
  }

  private boolean claimable(Instant now) {
    return claims.queues().stream()
        .anyMatch(queue -> store.queue(queue, now).claimable(claims.groupLimit(), now));
  }

  private Optional<Instant> due(Instant now) {
    return claims.queues().stream()
        .flatMap(queue -> store.queue(queue, now).nextDue(now).stream())
        .min(Comparator.naturalOrder());
  }

  private List<Canceled> canceled(String epoch, Instant now) {
    return claims.queues().stream()
        .flatMap(queue -> store.queue(queue, now).heldBy(epoch).stream())
        .filter(job -> job.cancelRequested)
        .map(job -> new Canceled(job.asked.queue(), job.id, job.attempt))
        .toList();
  }

  private Optional<MemoryJob> held(Settlement settlement, String epoch, Instant now) {
    var job = settlement.job();
    return queueOf(settlement, now).held(job.id(), job.attempt(), epoch);
  }

  private MemoryQueue queueOf(Settlement settlement, Instant now) {
    return store.queue(settlement.job().queue(), now);
  }

  private Instant fullTime(Instant now) {
    return now.plus(claims.lease());
  }

  private void checkOpen() {
    if (closed) {
      throw MemoryStore.closed();
    }
  }
}
