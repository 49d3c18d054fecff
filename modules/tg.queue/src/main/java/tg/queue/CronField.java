package tg.queue;

import java.util.Locale;

/// A field of a {@link Cron} expression, and what may be in it. A set of numbers is a long with a
/// bit for each.
enum CronField {
  SECOND(0, 59, ""),
  MINUTE(0, 59, ""),
  HOUR(0, 23, ""),
  DAY(1, 31, ""),
  MONTH(1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
  WEEKDAY(0, 7, "SUN MON TUE WED THU FRI SAT");

  private final int least;
  private final int most;
  private final String names;

  CronField(int least, int most, String names) {
    this.least = least;
    this.most = most;
    this.names = names;
  }

  /// Every number of the field.
  long all() {
    return range(least, most, 1);
  }

  /// {@return the least number of the set that is not below; -1 when there is none}
  static int next(long set, int from) {
    long rest = from > 63 ? 0 : set & (-1L << from);
    return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
  }

  /// Reads a whole field.
  long read(String text) {
    long set = 0;
    for (var part : text.split(",", -1)) {
      set |= part(part);
    }
    return this == WEEKDAY ? (set | (set >> 7 & 1)) & 0x7f : set;
  }

  private long part(String part) {
    var halves = part.split("/", -1);
    if (halves.length > 2) {
      throw wrong(part, "has more than one step");
    }
    int step = halves.length == 1 ? 1 : digits(part, halves[1]);
    if (step < 1) {
      throw wrong(part, "has a step below 1");
    }
    if (halves[0].equals("*") || halves[0].equals("?")) {
      return range(least, this == WEEKDAY ? 6 : most, step);
    }
    var ends = halves[0].split("-", -1);
    if (ends.length > 2) {
      throw wrong(part, "is not a range");
    }
    int from = number(ends[0]);
    int to = ends.length == 2 ? number(ends[1]) : halves.length == 2 ? most : from;
    if (from > to) {
      throw wrong(part, "begins after its end");
    }
    return range(from, to, step);
  }

  private static long range(int from, int to, int step) {
    long set = 0;
    for (int i = from; i <= to; i += step) {
      set |= 1L << i;
    }
    return set;
  }

  /// Reads a number or a name.
  int number(String text) {
    var upper = text.toUpperCase(Locale.ROOT);
    if (upper.length() == 3 && names.contains(upper)) {
      return least + names.indexOf(upper) / 4;
    }
    int value = digits(text, text);
    if (value < least || value > most) {
      throw wrong(text, "must be " + least + " to " + most);
    }
    return value;
  }

  private int digits(String part, String text) {
    if (!text.matches("[0-9]{1,4}")) {
      throw wrong(part, "is not a number");
    }
    return Integer.parseInt(text);
  }

  IllegalArgumentException wrong(String part, String why) {
    var field = name().toLowerCase(Locale.ROOT);
    return new IllegalArgumentException("'" + part + "' in the " + field + " field " + why);
  }
}
