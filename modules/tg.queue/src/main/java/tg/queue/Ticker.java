package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Moves schedules from tick to tick. Computes the calendar; when a tick is due, and who has it, is
/// for the store to say. Thread-safe.
final class Ticker {
  private static final System.Logger LOG = System.getLogger("tg.queue");

  /// Other processes may have changed the schedules meanwhile.
  private static final Duration LOOK = Duration.ofSeconds(5);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Queues queues;
  private final ScheduleStore store;

  Ticker(Queues queues, ScheduleStore store) {
    this.queues = queues;
    this.store = store;
  }

  /// What one look has done.
  ///
  /// @param jobs how many were enqueued
  /// @param pause how long until there is more to do
  record Round(int jobs, Duration pause) {}

  /// Ticks until the rest has ended.
  void work(Rest rest) {
    var next = Duration.ZERO;
    while (rest.pause(next.toNanos()) != Rest.Pause.ENDED) {
      try {
        next = tickAll().pause();
      } catch (QueueException.Unavailable e) {
        next = AFTER_FAILURE;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "schedules do not tick in this process for now", e);
        next = LOOK;
      }
    }
  }

  Round tickAll() {
    int jobs = 0;
    while (true) {
      var due = store.due();
      int moved = 0;
      for (var entry : due.entries()) {
        int some = tick(entry, due.now());
        moved += some < 0 ? 0 : 1;
        jobs += Math.max(0, some);
      }
      if (moved == 0) {
        return new Round(jobs, pause(due.now(), due.next()));
      }
    }
  }

  private static Duration pause(Instant now, @Nullable Instant next) {
    if (next == null) {
      return LOOK;
    }
    var until = Duration.between(now, next).plusMillis(1);
    return until.compareTo(LOOK) > 0 ? LOOK : until;
  }

  /// A definition that cannot be read, or a job that cannot be added, must not stop the others.
  ///
  /// @return how many jobs were enqueued; -1 when the schedule was not moved
  private int tick(ScheduleStore.Entry entry, Instant now) {
    var due = entry.next();
    if (due == null) {
      return -1;
    }
    try {
      var schedule = ScheduleText.read(entry.name(), entry.definition(), queues.seal());
      var plan = schedule.plan(due, now);
      var jobs = plan.runs().stream().map(tick -> schedule.job().id(schedule.id(tick))).toList();
      var last = plan.runs().isEmpty() ? entry.last() : plan.runs().getLast();
      var tick = new ScheduleStore.Tick(entry, queues.tickets(jobs), last, plan.next());
      if (!store.tick(tick)) {
        return -1;
      }
      report(entry.name(), plan, now);
      return jobs.size();
    } catch (IllegalArgumentException | IllegalStateException | QueueException.Sealed e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "schedule " + entry.name() + " does not tick here; put it anew: " + e.getMessage());
      return -1;
    }
  }

  private static void report(String name, Schedule.Plan plan, Instant now) {
    if (plan.skipped() > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "schedule {0} missed {1} ticks, next is {2}",
          name,
          plan.skipped(),
          plan.next());
    }
    for (var tick : List.copyOf(plan.runs())) {
      LOG.log(System.Logger.Level.DEBUG, "schedule {0} ticked for {1} at {2}", name, tick, now);
    }
  }
}
