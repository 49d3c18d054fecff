package tg.queue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A cron expression: five fields (minute, hour, day of month, month, day of week), or six with the
/// second in front. Immutable.
///
/// A field is `*`, a number, a range `1-5`, each with a step `*/15`, `10-50/20`, or a list of these
/// with commas. Months and days of the week have English names too (`JAN`, `MON`); Sunday is 0 and
/// 7; `L` is the last day of the month, `FRI#2` the second Friday, `FRIL` the last one; `?` is `*`.
/// When both days are restricted, either is enough, as in every Unix cron. `@hourly`, `@daily`,
/// `@weekly`, `@monthly` and `@yearly` stand for what they say.
///
/// **When clocks change**, nothing is lost and nothing is doubled. An expression that names hours
/// means times of the day: one that a change skips happens at the instant of the change, one that a
/// change repeats happens the first time. An expression for every hour means passing time: it goes
/// on evenly.
public final class Cron {
  private static final int YEARS = 100;
  private static final Map<String, String> NAMED =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  private final String text;
  private final long seconds;
  private final long minutes;
  private final long hours;
  private final CronDays days;

  private Cron(String text, String[] fields) {
    this.text = text;
    this.seconds = CronField.SECOND.read(fields[0]);
    this.minutes = CronField.MINUTE.read(fields[1]);
    this.hours = CronField.HOUR.read(fields[2]);
    this.days = new CronDays(fields[3], fields[4], fields[5]);
  }

  /// Reads an expression.
  ///
  /// @throws IllegalArgumentException when it is not one, or names no day of the next 100 years;
  ///   the message says which field is wrong
  public static Cron of(String expression) {
    var trimmed = expression.strip();
    var plain = NAMED.getOrDefault(trimmed.toLowerCase(Locale.ROOT), trimmed);
    var fields = plain.split("\\s+", -1);
    if (fields.length == 5) {
      fields = ("0 " + plain).split("\\s+", -1);
    }
    if (fields.length != 6) {
      throw new IllegalArgumentException(
          "cron expression '"
              + expression
              + "' must have 5 fields (minute hour day month weekday),"
              + " or 6 with the second in front");
    }
    var cron = new Cron(trimmed, fields);
    if (cron.local(LocalDate.of(2000, 1, 1).atStartOfDay(), true) == null) {
      throw new IllegalArgumentException("cron expression '" + expression + "' names no day");
    }
    return cron;
  }

  /// {@return the first instant after the given one at which it happens in that time zone}
  public Instant next(Instant after, ZoneId zone) {
    var rules = zone.getRules();
    var offset = rules.getOffset(after);
    var local = LocalDateTime.ofEpochSecond(after.getEpochSecond(), 0, offset);
    boolean inclusive = false;
    var last = lastChange(rules, after);
    if (last != null && timesOfDay() && last.getDateTimeBefore().isAfter(local)) {
      local = last.getDateTimeBefore();
      inclusive = true;
    }
    var change = rules.nextTransition(after);
    while (true) {
      var candidate = local(local, inclusive);
      if (candidate == null) {
        throw new IllegalStateException(text + " does not happen after " + after);
      }
      var instant = candidate.toInstant(offset);
      if (change == null || instant.isBefore(change.getInstant())) {
        return instant;
      }
      boolean skipped =
          change.isGap() && timesOfDay() && candidate.isBefore(change.getDateTimeAfter());
      if (skipped) {
        return change.getInstant();
      }
      boolean again = change.isOverlap() && !timesOfDay();
      local = change.isGap() || again ? change.getDateTimeAfter() : change.getDateTimeBefore();
      inclusive = true;
      offset = change.getOffsetAfter();
      change = rules.nextTransition(change.getInstant());
    }
  }

  /// The change, at or before the instant, that is the latest.
  private static @Nullable ZoneOffsetTransition lastChange(ZoneRules rules, Instant at) {
    var last = rules.previousTransition(at.plusNanos(1));
    return last != null && last.isOverlap() ? last : null;
  }

  /// Whether it names hours, and so means times of the day.
  private boolean timesOfDay() {
    return hours != CronField.HOUR.all();
  }

  /// The first local time that matches, after the given one or at it.
  private @Nullable LocalDateTime local(LocalDateTime from, boolean inclusive) {
    var start = inclusive ? from : from.plusSeconds(1);
    var time = time(start.toLocalTime());
    if (time != null && days.match(start.toLocalDate())) {
      return start.toLocalDate().atTime(time);
    }
    var first = time(LocalTime.MIDNIGHT);
    var day = days.next(start.toLocalDate().plusDays(1), YEARS);
    return day == null || first == null ? null : day.atTime(first);
  }

  /// The first time of a day that matches, at the given one or after it; null when there is none.
  private @Nullable LocalTime time(LocalTime from) {
    int hour = CronField.next(hours, from.getHour());
    if (hour > from.getHour()) {
      return first(hour);
    }
    if (hour < 0) {
      return null;
    }
    int minute = CronField.next(minutes, from.getMinute());
    if (minute == from.getMinute()) {
      int second = CronField.next(seconds, from.getSecond());
      if (second >= 0) {
        return LocalTime.of(hour, minute, second);
      }
      minute = CronField.next(minutes, minute + 1);
    }
    if (minute >= 0) {
      return LocalTime.of(hour, minute, CronField.next(seconds, 0));
    }
    int later = CronField.next(hours, hour + 1);
    return later < 0 ? null : first(later);
  }

  private LocalTime first(int hour) {
    return LocalTime.of(hour, CronField.next(minutes, 0), CronField.next(seconds, 0));
  }

  @Override
  @SuppressWarnings("exports") // For checkers that have JSpecify; nobody else needs it.
  public boolean equals(@Nullable Object other) {
    return other instanceof Cron that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// {@return the expression as it was given}
  @Override
  public String toString() {
    return text;
  }
}
