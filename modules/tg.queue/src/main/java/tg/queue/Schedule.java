package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A job that is enqueued again and again, at the times of a {@link Cron} expression or at an
/// interval. Immutable.
///
/// ```java
/// queues.schedules().put(
///     Schedule.cron("report", Cron.of("0 6 * * MON-FRI"), ZoneId.of("Europe/Berlin"),
///         NewJob.of("mail", "report", Payload.empty())));
/// ```
///
/// Each tick's job is named after it: `report.2026-03-30T04:00:00Z`.
public final class Schedule {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,32}");

  private final String name;
  private final When when;
  private final NewJob job;
  private final Missed missed;

  /// When it ticks.
  public sealed interface When {
    /// At the times of an expression.
    ///
    /// @param cron the expression
    /// @param zone the time zone of its fields
    record At(Cron cron, ZoneId zone) implements When {}

    /// At an interval.
    ///
    /// @param interval whole milliseconds, a second or more
    record Every(Duration interval) implements When {}
  }

  private Schedule(String name, When when, NewJob job, Missed missed) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "schedule '" + name + "' must be 1 to 32 characters of A-Z a-z 0-9 . _ : -");
    }
    if (job.id().isPresent() || job.at().isPresent() || job.delay().isPresent()) {
      throw new IllegalArgumentException(
          "the job of schedule " + name + " gets its name and its time from the tick");
    }
    this.name = name;
    this.when = when;
    this.job = job;
    this.missed = missed;
  }

  /// Describes a schedule by the calendar.
  ///
  /// @param name 1 to 32 characters out of `A-Z a-z 0-9 . _ : -`
  /// @param zone the time zone in which the expression is meant; see {@link Cron} for what happens
  ///   when its clocks change
  /// @param job what is enqueued at each tick; without a name, an instant or a delay
  public static Schedule cron(String name, Cron cron, ZoneId zone, NewJob job) {
    return new Schedule(name, new When.At(cron, zone), job, Missed.RUN_ONCE);
  }

  /// Describes a schedule with an interval. Its ticks are the multiples of the interval since 1970,
  /// so that a restart or a new definition does not move them.
  ///
  /// @param name 1 to 32 characters out of `A-Z a-z 0-9 . _ : -`
  /// @param interval whole milliseconds, 1 second to 365 days
  /// @param job what is enqueued at each tick; without a name, an instant or a delay
  public static Schedule every(String name, Duration interval, NewJob job) {
    Settings.within("interval", interval, Duration.ofSeconds(1), Duration.ofDays(365));
    return new Schedule(
        name, new When.Every(Duration.ofMillis(interval.toMillis())), job, Missed.RUN_ONCE);
  }

  /// Says what becomes of ticks that passed while nobody was there. Default: {@link
  /// Missed#RUN_ONCE}.
  public Schedule missed(Missed value) {
    return new Schedule(name, when, job, value);
  }

  /// {@return its name}
  public String name() {
    return name;
  }

  /// {@return when it ticks}
  public When when() {
    return when;
  }

  /// {@return what is enqueued at each tick}
  public NewJob job() {
    return job;
  }

  /// {@return what becomes of missed ticks}
  public Missed missed() {
    return missed;
  }

  /// {@return the first tick after the instant}
  public Instant next(Instant after) {
    return switch (when) {
      case When.At(var cron, var zone) -> cron.next(after, zone);
      case When.Every(var interval) -> {
        long step = interval.toMillis();
        yield Instant.ofEpochMilli((Math.floorDiv(after.toEpochMilli(), step) + 1) * step);
      }
    };
  }

  /// What to do at an instant at which a tick is due.
  ///
  /// @param runs the ticks whose jobs are enqueued now
  /// @param skipped how many others have passed
  /// @param next the tick after all these
  record Plan(List<Instant> runs, long skipped, Instant next) {}

  /// Plans for the tick that is due and those that passed since.
  Plan plan(Instant due, Instant now) {
    var latest = new ArrayDeque<Instant>();
    int most = Math.max(1, missed.most());
    var tick = start(due, now, most);
    long passed = skippedBefore(due, tick);
    while (!tick.isAfter(now)) {
      latest.add(tick);
      passed++;
      if (latest.size() > most) {
        latest.remove();
      }
      tick = next(tick);
    }
    var runs = missed.chosen(List.copyOf(latest), now);
    return new Plan(runs, passed - runs.size(), tick);
  }

  /// An interval need not be walked through.
  private Instant start(Instant due, Instant now, int most) {
    return switch (when) {
      case When.At _ -> due;
      case When.Every(var interval) -> {
        var late = next(now.minus(interval.multipliedBy(most + 1L)));
        yield late.isAfter(due) ? late : due;
      }
    };
  }

  private long skippedBefore(Instant due, Instant start) {
    return switch (when) {
      case When.At _ -> 0;
      case When.Every(var interval) ->
          (start.toEpochMilli() - due.toEpochMilli()) / interval.toMillis();
    };
  }

  /// The name of a tick's job.
  JobId id(Instant tick) {
    return new JobId(name + "." + tick);
  }

  @Override
  @SuppressWarnings("exports") // For checkers that have JSpecify; nobody else needs it.
  public boolean equals(@Nullable Object other) {
    return other instanceof Schedule that
        && ScheduleText.write(this, Seal.NONE).equals(ScheduleText.write(that, Seal.NONE));
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return "Schedule[" + name + " " + when + " " + job.queue() + "/" + job.type() + "]";
  }
}
