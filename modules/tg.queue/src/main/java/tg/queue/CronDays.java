package tg.queue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The days of a {@link Cron} expression. Immutable.
final class CronDays {
  private final long months;
  private final @Nullable Predicate<LocalDate> ofMonth;
  private final @Nullable Predicate<LocalDate> ofWeek;

  CronDays(String days, String months, String weekdays) {
    this.months = CronField.MONTH.read(months);
    this.ofMonth = free(days) ? null : any(days, CronDays::dayOfMonth);
    this.ofWeek = free(weekdays) ? null : any(weekdays, CronDays::dayOfWeek);
  }

  /// {@return the first day that matches, at the given one or after it; null when there is none
  /// within so many years}
  @Nullable LocalDate next(LocalDate from, int years) {
    var end = from.plusYears(years);
    for (var day = from; day.isBefore(end); ) {
      if ((months & 1L << day.getMonthValue()) == 0) {
        day = day.withDayOfMonth(1).plusMonths(1);
      } else if (match(day)) {
        return day;
      } else {
        day = day.plusDays(1);
      }
    }
    return null;
  }

  boolean match(LocalDate day) {
    if ((months & 1L << day.getMonthValue()) == 0) {
      return false;
    }
    if (ofMonth == null) {
      return ofWeek == null || ofWeek.test(day);
    }
    return ofMonth.test(day) || (ofWeek != null && ofWeek.test(day));
  }

  private static boolean free(String field) {
    return field.equals("*") || field.equals("?");
  }

  private interface Reader {
    Predicate<LocalDate> read(String part);
  }

  private static Predicate<LocalDate> any(String field, Reader reader) {
    List<Predicate<LocalDate>> parts = new ArrayList<>();
    for (var part : field.split(",", -1)) {
      parts.add(reader.read(part));
    }
    return day -> parts.stream().anyMatch(part -> part.test(day));
  }

  private static Predicate<LocalDate> dayOfMonth(String part) {
    if (part.equalsIgnoreCase("L")) {
      return day -> day.getDayOfMonth() == day.lengthOfMonth();
    }
    long set = CronField.DAY.read(part);
    return day -> (set & 1L << day.getDayOfMonth()) != 0;
  }

  private static Predicate<LocalDate> dayOfWeek(String part) {
    var upper = part.toUpperCase(Locale.ROOT);
    if (upper.length() > 1 && upper.endsWith("L")) {
      int weekday = CronField.WEEKDAY.number(upper.substring(0, upper.length() - 1)) % 7;
      return day -> weekday(day) == weekday && day.getDayOfMonth() + 7 > day.lengthOfMonth();
    }
    int hash = upper.indexOf('#');
    if (hash > 0) {
      int weekday = CronField.WEEKDAY.number(upper.substring(0, hash)) % 7;
      var nth = upper.substring(hash + 1);
      if (!nth.matches("[1-5]")) {
        throw CronField.WEEKDAY.wrong(part, "must end in #1 to #5");
      }
      int week = Integer.parseInt(nth);
      return day -> weekday(day) == weekday && (day.getDayOfMonth() + 6) / 7 == week;
    }
    long set = CronField.WEEKDAY.read(part);
    return day -> (set & 1L << weekday(day)) != 0;
  }

  private static int weekday(LocalDate day) {
    return day.getDayOfWeek().getValue() % 7;
  }
}
