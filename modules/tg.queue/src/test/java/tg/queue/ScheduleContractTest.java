package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/// Jobs that must not run yet.
final class ScheduleContractTest extends Contract {
  @Test
  void aDelayedJobIsScheduledByTheServersClock() {
    var id = queues.enqueue(job("a").delay(Duration.ofMinutes(5)));

    var info = info(id);
    var at = assertInstanceOf(JobState.Scheduled.class, info.state()).at();
    assertEquals(info.job().enqueuedAt().plus(Duration.ofMinutes(5)), at);
    assertEquals(new Counts(0, 1, 0, 0, 0, 0), q().counts());
  }

  @Test
  void aJobForAnInstantIsScheduledForIt() {
    var at = Instant.ofEpochMilli(Instant.now().plus(Duration.ofDays(1)).toEpochMilli());
    var id = queues.enqueue(job("a").at(at));

    assertEquals(new JobState.Scheduled(at), info(id).state());
  }

  @Test
  void aJobForAPastInstantOrNoDelayIsWaiting() {
    var past = queues.enqueue(job("a").at(Instant.now().minus(Duration.ofDays(1))));
    var none = queues.enqueue(job("b").delay(Duration.ZERO));

    assertInstanceOf(JobState.Waiting.class, info(past).state());
    assertInstanceOf(JobState.Waiting.class, info(none).state());
  }

  @Test
  void aDelayedJobStartsWhenItIsDueAndNotBefore() {
    var starts = new ConcurrentHashMap<JobId, Instant>();
    startOne(job -> {
      starts.put(job.id(), Instant.now());
      return Outcome.done();
    });
    var id = queues.enqueue(job("a").delay(Duration.ofMillis(500)));
    awaitEnded(1);

    var after = Duration.between(info(id).job().enqueuedAt(), starts.get(id));
    assertTrue(after.toMillis() >= 500, "started after " + after);
    assertTrue(after.toMillis() < 1_500, "started only after " + after);
  }

  @Test
  void anEarlierJobThatIsScheduledLaterStillStartsInTime() {
    var runs = new Runs();
    startOne(runs);
    queues.enqueue(job("late").delay(Duration.ofHours(1)));
    long from = System.nanoTime();
    queues.enqueue(job("soon").delay(Duration.ofMillis(200)));

    assertEquals(List.of("soon"), runs.await(1));
    assertTrue(System.nanoTime() - from < Duration.ofMillis(1_500).toNanos());
  }

  @Test
  void dueJobsStartInTheOrderOfTheirDueTimes() {
    var now = Instant.now();
    queues.enqueueAll(
        List.of(
            job("3").at(now.plusMillis(360)),
            job("1").at(now.plusMillis(300)),
            job("2").at(now.plusMillis(330))));
    var runs = new Runs();
    startOne(runs);

    assertEquals(List.of("1", "2", "3"), runs.await(3));
  }

  @Test
  void scheduledJobsAreListedByDueTime() {
    queues.enqueue(job("2").delay(Duration.ofMinutes(2)));
    queues.enqueue(job("3").delay(Duration.ofMinutes(3)));
    queues.enqueue(job("1").delay(Duration.ofMinutes(1)));

    assertEquals(
        List.of("1", "2", "3"),
        q().list(Registry.SCHEDULED, 0, 10).stream()
            .map(info -> info.job().payload().text())
            .toList());
    assertEquals("2", q().list(Registry.SCHEDULED, 1, 1).getFirst().job().payload().text());
  }

  @Test
  void aDueJobKeepsItsGroupAndPriority() {
    queues.enqueue(job("low").priority(Priority.LOW));
    queues.enqueue(job("high").delay(Duration.ofMillis(50)).group("g").priority(Priority.HIGH));
    var due = Instant.now().plusMillis(60);
    Waiting.until("it is due", () -> Instant.now().isAfter(due));
    var jobs = hand().claim(2);

    assertEquals(List.of("high", "low"), jobs.stream().map(job -> job.payload().text()).toList());
    assertEquals("g", jobs.getFirst().group().orElseThrow());
  }

  @Test
  void theHintsSayWhenTheNextJobIsDue() {
    var runner = hand();
    assertEquals(null, Hand.applied(runner.step(List.of(), 1)).hints().due());
    queues.enqueue(job("a").delay(Duration.ofMinutes(10)));

    var due = Hand.applied(runner.step(List.of(), 1)).hints().due();
    assertTrue(due != null && due.toMillis() > 590_000 && due.toMillis() <= 600_000, "" + due);
  }

  @Test
  void aNegativeDelayIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> job("a").delay(Duration.ofMillis(-1)));
  }
}
