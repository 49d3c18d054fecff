package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A session with every partition of a store, as one: for tests that drive a worker by hand. It
/// claims from one partition after the other, beginning with the next one each time.
final class SpreadSession implements Session {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Queues queues;
  private final List<Session> parts;

  private SpreadSession(Queues queues, List<Session> parts) {
    this.queues = queues;
    this.parts = parts;
  }

  /// Opens one; with one partition it is that one's own.
  static Session open(Queues queues, Store.Claims claims) {
    var parts = queues.store().partitions().stream().map(part -> part.session(claims)).toList();
    return parts.size() == 1 ? parts.getFirst() : new SpreadSession(queues, parts);
  }

  @Override
  public void register(String epoch) {
    parts.forEach(part -> part.register(epoch));
  }

  @Override
  public Reply next(Step step) {
    var jobs = new ArrayList<Job>();
    var stale = new TreeSet<Integer>();
    var hints = new ArrayList<Hints>();
    for (int i = 0; i < parts.size(); i++) {
      int part = (int) ((step.number() + i) % parts.size());
      var positions = new ArrayList<Integer>();
      for (int at = 0; at < step.settlements().size(); at++) {
        if (partition(step.settlements().get(at).job()) == part) {
          positions.add(at);
        }
      }
      var settlements = positions.stream().map(step.settlements()::get).toList();
      int want = step.want() - jobs.size();
      var reply = parts.get(part).next(new Step(step.epoch(), step.number(), settlements, want));
      if (!(reply instanceof Reply.Applied(var some, var refused, var said))) {
        return reply;
      }
      jobs.addAll(some);
      refused.forEach(position -> stale.add(positions.get(position)));
      hints.add(said);
      if (said.are(News.PARCELS)) {
        queues.store().forward(part);
      }
    }
    return new Reply.Applied(jobs, stale, merged(hints));
  }

  private int partition(Job job) {
    return queues.routes().of(job.group().orElse(job.id().value()));
  }

  private static Hints merged(List<Hints> all) {
    Duration due = null;
    for (var hints : all) {
      var next = hints.due();
      due = next != null && (due == null || next.compareTo(due) < 0) ? next : due;
    }
    return new Hints(
        all.stream().flatMap(hints -> hints.canceled().stream()).toList(),
        any(all, Hints::more),
        due,
        all.stream().flatMap(hints -> hints.news().stream()).collect(Collectors.toSet()),
        all.getFirst().now());
  }

  private static boolean any(List<Hints> all, Predicate<Hints> what) {
    return all.stream().anyMatch(what);
  }

  @Override
  public Pulse renew(String epoch) {
    var all = parts.stream().map(part -> part.renew(epoch)).toList();
    return new Pulse(
        all.stream().allMatch(Pulse::alive),
        all.stream().flatMap(pulse -> pulse.canceled().stream()).toList(),
        all.stream().anyMatch(Pulse::expired),
        all.stream().map(Pulse::now).max(Instant::compareTo).orElseThrow());
  }

  @Override
  public void refused(int outcomes) {
    parts.getFirst().refused(outcomes);
  }

  /// Waits a little at each in turn; one that returns before its time has something.
  @Override
  public void await(String epoch, boolean claimable, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    for (int i = 0; System.nanoTime() < end; i++) {
      long start = System.nanoTime();
      parts.get(i % parts.size()).await(epoch, claimable, LOOK);
      if (System.nanoTime() - start < LOOK.toNanos()) {
        return;
      }
    }
  }

  @Override
  public void wake(String epoch) {
    parts.forEach(part -> part.wake(epoch));
  }

  @Override
  public int reap() {
    return parts.stream().mapToInt(Session::reap).sum();
  }

  @Override
  public void resign(String epoch) {
    parts.forEach(part -> part.resign(epoch));
  }

  @Override
  public void close() {
    parts.forEach(Session::close);
  }
}
