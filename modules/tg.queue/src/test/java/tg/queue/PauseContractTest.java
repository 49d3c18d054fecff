package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Pauses of queues and groups.
final class PauseContractTest extends Contract {
  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aPausedQueueGivesNothingFromTheNextClaimOn() {
    queues.enqueue(job("x1"));
    queues.enqueue(job("x2"));
    var runner = hand();
    assertEquals(List.of("x1"), texts(runner.claim(1)));

    another().queue("q").pause();
    assertEquals(List.of(), runner.claim(1));
    assertEquals(Optional.of(Instant.MAX), q().closedUntil());
    queues.enqueue(job("x3"));
    assertEquals(List.of(), runner.claim(1));

    q().resume();
    assertEquals(Optional.empty(), q().closedUntil());
    assertEquals(List.of("x2", "x3"), texts(runner.claim(5)));
  }

  @Test
  void aPauseOfAQueueMayEndByItself() {
    q().pause(Duration.ofMillis(300));
    var paused = Instant.now();
    queues.enqueue(job("x"));
    var starts = new CopyOnWriteArrayList<Instant>();
    startOne(job -> {
      starts.add(Instant.now());
      return Outcome.done();
    });
    awaitEnded(1);

    var waited = Duration.between(paused, starts.getFirst());
    assertTrue(waited.toMillis() >= 290 && waited.toMillis() < 5_000, waited.toString());
  }

  @Test
  void aWorkerThatWaitsHearsOfTheResumption() {
    q().pause();
    queues.enqueue(job("x"));
    var runs = new Runs();
    startOne(runs);
    Waiting.until("the worker waits", () -> q().counts().waiting() == 1);
    q().resume();

    assertEquals(List.of("x"), runs.await(1));
  }

  @Test
  void whatRunsGoesOnWhenItsQueueIsPaused() {
    queues.enqueue(job("x"));
    var runner = hand();
    var job = runner.claimOne();
    q().pause();

    assertTrue(runner.settle(job, Outcome.done()));
  }

  @Test
  void aPausedGroupWaitsAndTheOthersGoOn() {
    enqueue("a1", "a2", "b1", "b2");
    var runner = hand();
    q().pause("a");

    assertEquals(List.of("b1", "b2"), texts(runner.claim(9)));
    assertEquals(Optional.of(Instant.MAX), q().closedUntil("a"));
    assertEquals(Optional.empty(), q().closedUntil("b"));
    q().resume("a");
    assertEquals(List.of("a1", "a2"), texts(runner.claim(9)));
  }

  @Test
  void aGroupKeepsTheLaterOfTwoEnds() {
    q().pause("a", Duration.ofHours(2));
    q().pause("a", Duration.ofSeconds(1));

    var until = q().closedUntil("a").orElseThrow();
    assertTrue(Duration.between(Instant.now(), until).toMinutes() > 100, until.toString());
  }

  @Test
  void aGroupThatAPostponedJobClosedIsOpenedFromOutside() {
    enqueue("a1", "a2");
    var runner = hand();
    runner.settle(runner.claimOne(), Outcome.postpone(Duration.ofHours(1), "flood"));
    assertTrue(q().closedUntil("a").isPresent());

    q().resume("a");
    assertEquals(List.of("a1", "a2"), texts(runner.claim(9)));
  }

  private void enqueue(String... texts) {
    for (var text : texts) {
      queues.enqueue(job(text).group(text.substring(0, 1)));
    }
  }

  private static List<String> texts(List<Job> jobs) {
    return jobs.stream().map(job -> job.payload().text()).toList();
  }
}
