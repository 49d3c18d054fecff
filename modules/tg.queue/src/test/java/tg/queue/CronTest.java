package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a cron expression means.
final class CronTest {
  private static final ZoneId UTC = ZoneOffset.UTC;

  @ParameterizedTest(name = "{0} after {1} is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * *             | 2026-01-01T00:00:00 | 2026-01-01T00:01:00",
        "* * * * *             | 2026-01-01T00:00:59 | 2026-01-01T00:01:00",
        "*/15 * * * *          | 2026-01-01T00:46:00 | 2026-01-01T01:00:00",
        "5,35 9-17 * * *       | 2026-01-01T17:36:00 | 2026-01-02T09:05:00",
        "10-50/20 * * * *      | 2026-01-01T00:11:00 | 2026-01-01T00:30:00",
        "30/10 * * * *         | 2026-01-01T00:51:00 | 2026-01-01T01:30:00",
        "*/10 * * * * *        | 2026-01-01T00:00:51 | 2026-01-01T00:01:00",
        "15 30 8 * * *         | 2026-01-01T08:30:15 | 2026-01-02T08:30:15",
        "0 6 * * MON-FRI       | 2026-01-02T06:00:00 | 2026-01-05T06:00:00",
        "0 6 * * 7             | 2026-01-01T00:00:00 | 2026-01-04T06:00:00",
        "0 6 * * 5-7           | 2026-01-03T06:00:00 | 2026-01-04T06:00:00",
        "0 0 1 jan *           | 2026-01-01T00:00:00 | 2027-01-01T00:00:00",
        "0 0 29 2 *            | 2026-01-01T00:00:00 | 2028-02-29T00:00:00",
        "0 0 L * *             | 2026-02-01T00:00:00 | 2026-02-28T00:00:00",
        "0 0 31 * *            | 2026-01-31T00:00:00 | 2026-03-31T00:00:00",
        "0 0 * * FRI#2         | 2026-01-01T00:00:00 | 2026-01-09T00:00:00",
        "0 0 * * MON#5         | 2026-01-01T00:00:00 | 2026-03-30T00:00:00",
        "0 0 * * SUNL          | 2026-01-01T00:00:00 | 2026-01-25T00:00:00",
        "0 0 13 * FRI          | 2026-01-03T00:00:00 | 2026-01-09T00:00:00",
        "0 0 13 * FRI          | 2026-01-09T00:00:00 | 2026-01-13T00:00:00",
        "0 0 ? * 1             | 2026-01-01T00:00:00 | 2026-01-05T00:00:00",
        "0 12 1 */3 *          | 2026-02-01T00:00:00 | 2026-04-01T12:00:00",
        "@hourly               | 2026-01-01T00:00:00 | 2026-01-01T01:00:00",
        "@weekly               | 2026-01-01T00:00:00 | 2026-01-04T00:00:00",
        "@yearly               | 2026-01-01T00:00:00 | 2027-01-01T00:00:00",
        "59 23 31 12 *         | 2026-12-31T23:59:00 | 2027-12-31T23:59:00",
      })
  void theNextTimeIsTheFirstThatMatches(String cron, String after, String next) {
    assertEquals(utc(next), Cron.of(cron).next(utc(after), UTC));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "a * * * *",
        "1-2-3 * * * *",
        "1/2/3 * * * *",
        "1, * * * *",
        "-1 * * * *",
        "* * * * MON#6",
        "* * * * MON#",
        "0 0 30 2 *",
        "@often"
      })
  void whatIsNoExpressionIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Cron.of(text));
  }

  @Test
  void theRefusalNamesTheField() {
    var error = assertThrows(IllegalArgumentException.class, () -> Cron.of("0 25 * * *"));
    assertEquals("'25' in the hour field must be 0 to 23", error.getMessage());
  }

  @Test
  void aTimeThatTheClocksSkipHappensAtTheChange() {
    assertEquals(
        List.of(at("2026-03-28T01:30:00Z"), at("2026-03-29T01:00:00Z"), at("2026-03-30T00:30:00Z")),
        ticks("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 3));
    assertEquals(
        List.of(at("2026-03-07T07:30:00Z"), at("2026-03-08T07:00:00Z"), at("2026-03-09T06:30:00Z")),
        ticks("30 2 * * *", "America/New_York", "2026-03-07T06:00:00Z", 3));
  }

  @Test
  void severalSkippedTimesAndOneAtTheChangeAreOne() {
    assertEquals(
        List.of(at("2026-03-29T00:45:00Z"), at("2026-03-29T01:00:00Z"), at("2026-03-29T01:15:00Z")),
        ticks("*/15 1-3 * * *", "Europe/Berlin", "2026-03-29T00:30:00Z", 3));
  }

  @Test
  void aTimeThatTheClocksRepeatHappensTheFirstTime() {
    assertEquals(
        List.of(at("2026-10-24T00:30:00Z"), at("2026-10-25T00:30:00Z"), at("2026-10-26T01:30:00Z")),
        ticks("30 2 * * *", "Europe/Berlin", "2026-10-24T00:00:00Z", 3));
    assertEquals(
        at("2026-10-26T01:30:00Z"),
        Cron.of("30 2 * * *").next(at("2026-10-25T01:10:00Z"), ZoneId.of("Europe/Berlin")),
        "asked within the second pass");
    assertEquals(
        at("2026-10-25T02:00:00Z"),
        Cron.of("0 2,3 * * *").next(at("2026-10-25T01:10:00Z"), ZoneId.of("Europe/Berlin")),
        "what is not repeated happens");
  }

  @Test
  void everyHourGoesOnEvenlyThroughBothChanges() {
    for (var start : List.of("2026-03-28T22:00:00Z", "2026-10-24T22:00:00Z")) {
      var ticks = ticks("0 * * * *", "Europe/Berlin", start, 8);
      for (int i = 0; i < ticks.size(); i++) {
        assertEquals(at(start).plus(Duration.ofHours(i + 1)), ticks.get(i));
      }
    }
  }

  @Test
  void aChangeAtMidnightLosesNoDay() {
    var ticks = ticks("0 0 * * *", "Africa/Cairo", "2026-04-22T12:00:00Z", 3);
    assertEquals(
        List.of(at("2026-04-22T22:00:00Z"), at("2026-04-23T22:00:00Z"), at("2026-04-24T21:00:00Z")),
        ticks);
  }

  @Test
  void aDayThatAZoneLeftOutHappensAtTheChange() {
    var samoa = ticks("0 9 * * *", "Pacific/Apia", "2011-12-29T18:00:00Z", 3);
    assertEquals(
        List.of(at("2011-12-29T19:00:00Z"), at("2011-12-30T10:00:00Z"), at("2011-12-30T19:00:00Z")),
        samoa);
  }

  @Test
  void aChangeOfHalfAnHourIsNoSpecialCase() {
    var lordHowe = ticks("45 1 * * *", "Australia/Lord_Howe", "2026-04-03T20:00:00Z", 2);
    assertEquals(List.of(at("2026-04-04T14:45:00Z"), at("2026-04-05T15:15:00Z")), lordHowe);
  }

  @Test
  void itAlwaysMovesOn() {
    for (var zone : List.of("Europe/Berlin", "America/New_York", "Africa/Cairo", "Asia/Kolkata")) {
      for (var text : List.of("*/7 * * * *", "*/7 1-3 * * *", "0 */2 * * *", "0 0 * * *")) {
        var ticks = ticks(text, zone, "2026-01-01T00:00:00Z", 2_000);
        for (int i = 1; i < ticks.size(); i++) {
          assertTrue(ticks.get(i).isAfter(ticks.get(i - 1)), text + " in " + zone);
        }
      }
    }
  }

  @Test
  void fromWhereverItIsAskedTheAnswerIsTheSame() {
    var zone = ZoneId.of("Europe/Berlin");
    for (var text : List.of("*/10 * * * *", "*/10 2 * * *", "30 2,3 * * *")) {
      var cron = Cron.of(text);
      for (var day : List.of("2026-03-28T20:00:00Z", "2026-10-24T20:00:00Z")) {
        for (int minute = 0; minute < 600; minute++) {
          var from = at(day).plus(Duration.ofMinutes(minute));
          var next = cron.next(from, zone);
          var later = cron.next(from.plus(Duration.ofMinutes(1)), zone);
          boolean within = !next.isAfter(from.plus(Duration.ofMinutes(1)));
          assertTrue(within || later.equals(next), text + " from " + from);
        }
      }
    }
  }

  static List<Instant> ticks(String cron, String zone, String after, int count) {
    var ticks = new ArrayList<Instant>();
    var at = at(after);
    for (int i = 0; i < count; i++) {
      at = Cron.of(cron).next(at, ZoneId.of(zone));
      ticks.add(at);
    }
    return ticks;
  }

  private static Instant utc(String local) {
    return LocalDateTime.parse(local).toInstant(ZoneOffset.UTC);
  }

  private static Instant at(String instant) {
    return Instant.parse(instant);
  }
}
