package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Schedules: each tick once, whoever is there.
final class CronContractTest extends Contract {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void aScheduleTicksByItselfWhereAWorkerRuns() {
    assertTrue(queues.schedules().put(Schedule.every("beat", SECOND, job("beat"))));
    var runs = new Runs();
    startOne(runs);

    var ids = runs.await(2);
    assertEquals(List.of("beat", "beat"), ids.subList(0, 2));
    var last = queues.schedules().find("beat").orElseThrow().last().orElseThrow();
    assertEquals(last, last.truncatedTo(ChronoUnit.SECONDS), "at full seconds");
  }

  @Test
  void aScheduleTicksWithoutAWorkerWhereThatIsAskedFor() {
    queues.schedules().run();
    another().schedules().put(Schedule.every("beat", SECOND, job("beat")));

    Waiting.until("it ticked", () -> q().counts().waiting() >= 2);
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void eachTickOverAChangeOfTheClocksIsAddedOnceByFive() {
    var views = List.of(another(), another(), another(), another(), another());
    var now = now();
    for (var zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")) {
      var rules = ZoneId.of(zone).getRules();
      var change = now.minus(Duration.ofDays(3));
      for (int back = 0; back < 2; back++) {
        change = rules.previousTransition(change).getInstant();
        var start = change.minus(Duration.ofDays(2));
        var name = zone.replace("/", ".") + "." + back;
        var schedule = overdue(name, "30 1,2 * * *", ZoneId.of(zone), start);
        inThreads(5, i -> views.get(i).schedules().tick());

        var expected = new TreeSet<JobId>();
        for (var tick = schedule.next(start); !tick.isAfter(now); tick = schedule.next(tick)) {
          expected.add(schedule.id(tick));
        }
        assertEquals(expected, drained(), name);
        assertTrue(queues.schedules().find(name).orElseThrow().next().orElseThrow().isAfter(now));
      }
    }
  }

  @Test
  void eachSecondIsAddedOnceByFive() {
    var views = List.of(another(), another(), another(), another(), another());
    views.forEach(view -> view.schedules().run());
    queues.schedules().put(Schedule.every("beat", SECOND, job("beat")).missed(Missed.runUpTo(100)));
    Waiting.until("four ticks", () -> q().counts().waiting() >= 4);
    queues.schedules().pause("beat");

    var ids = List.copyOf(drained());
    var first = Instant.parse(ids.getFirst().value().substring(5));
    for (int i = 0; i < ids.size(); i++) {
      assertEquals("beat." + first.plusSeconds(i), ids.get(i).value());
    }
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void missedTicksAreSkippedRunOnceOrRunUpToANumber() {
    var start = now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(10));
    var ticks = 0;
    for (var missed : List.of(Missed.SKIP, Missed.RUN_ONCE, Missed.runUpTo(3))) {
      var name = "m" + ticks++;
      var job = job(name);
      // Its latest tick is at least two hours old, so that it is missed and not late.
      var hour = now().minus(Duration.ofHours(2)).atZone(BERLIN).getHour();
      var schedule =
          Schedule.cron(name, Cron.of("0 " + hour + " * * *"), BERLIN, job).missed(missed);
      queues
          .store()
          .parts()
          .schedules()
          .put(name, ScheduleText.write(schedule, Seal.NONE), schedule.next(start));
      assertEquals(missed.most(), queues.schedules().tick());
    }

    assertEquals(4, q().counts().waiting());
  }

  @Test
  void aTickThatIsLateIsNotMissed() {
    var schedule = Schedule.every("late", Duration.ofDays(1), job("a")).missed(Missed.SKIP);
    var now = Instant.parse("2026-01-05T00:00:30Z");
    var plan = schedule.plan(Instant.parse("2026-01-03T00:00:00Z"), now);

    assertEquals(List.of(Instant.parse("2026-01-05T00:00:00Z")), plan.runs());
    assertEquals(2, plan.skipped());
    assertEquals(Instant.parse("2026-01-06T00:00:00Z"), plan.next());
  }

  @Test
  void aLongOutageOfAShortIntervalIsNotWalkedThrough() {
    var schedule = Schedule.every("s", SECOND, job("a")).missed(Missed.runUpTo(2));
    var now = Instant.parse("2026-01-01T00:00:00.500Z");
    var plan = schedule.plan(Instant.EPOCH, now);

    assertEquals(
        List.of(Instant.parse("2025-12-31T23:59:59Z"), Instant.parse("2026-01-01T00:00:00Z")),
        plan.runs());
    assertEquals(now.getEpochSecond() - 1, plan.skipped());
  }

  @Test
  void theSameDefinitionAgainChangesNothing() {
    var schedule = Schedule.every("s", Duration.ofHours(1), job("a"));
    assertTrue(queues.schedules().put(schedule));
    var before = queues.schedules().list();
    assertFalse(another().schedules().put(schedule));
    assertEquals(before, queues.schedules().list());

    assertTrue(queues.schedules().put(Schedule.every("s", Duration.ofHours(2), job("a"))));
    assertEquals(1, queues.schedules().list().size());
  }

  @Test
  void theFirstTickIsInTheFuture() {
    var before = now();
    queues.schedules().put(Schedule.cron("s", Cron.of("* * * * * *"), BERLIN, job("a")));

    var next = queues.schedules().find("s").orElseThrow().next().orElseThrow();
    assertTrue(next.isAfter(before));
    assertFalse(next.isAfter(now().plusSeconds(1)));
  }

  @Test
  void aScheduleIsFoundAsItWasPut() {
    var job =
        job("payload")
            .group("g")
            .priority(Priority.HIGH)
            .keep(SECOND)
            .replacing("k")
            .header("h", "a/b=ä");
    var schedule =
        Schedule.cron("s", Cron.of("0 6 * * MON-FRI"), BERLIN, job).missed(Missed.runUpTo(7));
    queues.schedules().put(schedule);

    var info = another().schedules().find("s").orElseThrow();
    assertEquals(schedule, info.schedule());
    assertEquals(Payload.of("payload"), info.schedule().job().payload());
    assertEquals(job.headers(), info.schedule().job().headers());
    assertEquals(Optional.empty(), info.last());
  }

  @Test
  void aPausedScheduleDoesNotTickUntilItIsResumed() {
    var start = now().minus(Duration.ofDays(3));
    overdue("s", "0 0 * * *", BERLIN, start);
    assertTrue(queues.schedules().pause("s"));
    assertFalse(queues.schedules().pause("s"));
    assertEquals(0, queues.schedules().tick());
    assertTrue(queues.schedules().find("s").orElseThrow().paused());

    assertTrue(queues.schedules().resume("s"));
    assertFalse(queues.schedules().resume("s"));
    assertTrue(queues.schedules().find("s").orElseThrow().next().orElseThrow().isAfter(now()));
    assertEquals(0, queues.schedules().tick(), "what passed meanwhile is not missed");
  }

  @Test
  void aChangedDefinitionOfAPausedScheduleStaysPaused() {
    queues.schedules().put(Schedule.every("s", SECOND, job("a")));
    queues.schedules().pause("s");
    queues.schedules().put(Schedule.every("s", Duration.ofSeconds(2), job("b")));

    assertTrue(queues.schedules().find("s").orElseThrow().paused());
  }

  @Test
  void aRemovedScheduleIsGone() {
    overdue("s", "0 0 * * *", BERLIN, now().minus(Duration.ofDays(3)));
    assertTrue(queues.schedules().remove("s"));
    assertFalse(queues.schedules().remove("s"));
    assertFalse(queues.schedules().pause("s"));
    assertFalse(queues.schedules().resume("s"));

    assertEquals(List.of(), queues.schedules().list());
    assertEquals(0, queues.schedules().tick());
    assertEquals(
        List.of(), backend.keys(namespace).stream().filter(k -> k.contains("cron")).toList());
  }

  @Test
  void aTickOfAnOldDefinitionIsRefused() {
    var start = now().minus(Duration.ofDays(3));
    overdue("s", "0 0 * * *", BERLIN, start);
    var store = queues.store().parts().schedules();
    var found = store.due().entries().getFirst();
    queues.schedules().put(Schedule.cron("s", Cron.of("0 1 * * *"), BERLIN, job("new")));
    var tickets = queues.tickets(List.of(job("old")));

    assertFalse(store.tick(new ScheduleStore.Tick(found, tickets, null, now())));
    assertEquals(0, q().counts().waiting());
  }

  @Test
  void theStoreSaysWhatIsDue() {
    var schedule = Schedule.every("s", Duration.ofHours(1), job("a"));
    queues.schedules().put(schedule);
    var store = queues.store().parts().schedules();
    var entry = store.list().entries().getFirst();
    var tickets = queues.tickets(List.of(job("early")));

    assertFalse(store.tick(new ScheduleStore.Tick(entry, tickets, null, now().plusSeconds(9999))));
    assertEquals(0, q().counts().waiting());
  }

  @Test
  void aScheduleNamesItsJobsItself() {
    for (var bad :
        List.of(job("a").id(new JobId("x")), job("a").delay(SECOND), job("a").at(Instant.EPOCH))) {
      assertThrows(IllegalArgumentException.class, () -> Schedule.every("s", SECOND, bad));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Schedule.every("s", Duration.ofMillis(999), job("a")));
  }

  @Test
  void oneThatCannotBeReadDoesNotStopTheOthers() {
    var start = now().minus(Duration.ofDays(3));
    queues.store().parts().schedules().put("a", "future=1", start);
    overdue("b", "0 0 * * *", BERLIN, start);

    assertTrue(queues.schedules().tick() > 0);
  }

  /// Puts a schedule whose next tick is in the past, as after an outage.
  private Schedule overdue(String name, String cron, ZoneId zone, Instant start) {
    var job = job(name);
    var schedule =
        Schedule.cron(name.substring(0, Math.min(32, name.length())), Cron.of(cron), zone, job)
            .missed(Missed.runUpTo(1000));
    queues
        .store()
        .parts()
        .schedules()
        .put(schedule.name(), ScheduleText.write(schedule, Seal.NONE), schedule.next(start));
    return schedule;
  }

  private Instant now() {
    return queues.store().parts().schedules().list().now();
  }

  /// Runs all jobs that wait, and says which they were.
  private Set<JobId> drained() {
    var hand = hand();
    var ids = new ArrayList<JobId>();
    for (var jobs = hand.claim(1_000); !jobs.isEmpty(); jobs = hand.claim(1_000)) {
      jobs.forEach(job -> ids.add(job.id()));
      hand.settle(jobs.stream().map(job -> hand.ending(job, Outcome.done())).toList());
    }
    Set<JobId> set = new TreeSet<>(ids);
    assertEquals(ids.size(), set.size(), "no tick twice");
    return set;
  }
}
