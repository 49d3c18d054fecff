package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/// Rates that hold for any span of their time, whenever in its attempt a job does what they are
/// about.
final class StrictRateContractTest extends Contract {
  private static final QueueLimits STRICT =
      QueueLimits.NONE.rate(Rate.strict(2, Duration.ofMillis(400)));

  @Test
  void aStrictRateCountsAnAttemptUntilTheTimeAfterItsEnd() {
    var rate = Rate.strict(2, SECOND);
    q().limit(QueueLimits.NONE.eachGroup(GroupLimits.NONE.rate(rate)));
    assertEquals(rate, q().limits().eachGroup().rate().orElseThrow());
    enqueueEach("a1", "a2", "a3", "a4", "b1");
    var runner = hand();
    var jobs = runner.claim(9);
    assertEquals(List.of("a1", "a2", "b1"), texts(jobs).stream().sorted().toList());
    var first = Instant.now();
    Waiting.until("long after the start", () -> Instant.now().isAfter(first.plusMillis(1050)));
    assertEquals(List.of(), runner.claim(9), "what runs counts");

    var ended = Instant.now();
    for (var job : jobs) {
      runner.settle(job, Outcome.done());
    }
    assertEquals(List.of(), runner.claim(9), "what has just ended counts");
    assertTrue(q().closedUntil("a").isPresent());
    var next = new ConcurrentLinkedQueue<String>();
    Waiting.until(
        "the time is over",
        () -> {
          next.addAll(texts(runner.claim(9)));
          return next.size() == 2;
        });
    assertEquals(List.of("a3", "a4"), List.copyOf(next));
    var took = Duration.between(ended, Instant.now());
    assertTrue(took.toMillis() >= 1000, took.toString());
  }

  @Test
  void anAttemptThatDidNothingDoesNotCountInAStrictRate() {
    if (spread()) {
      assertThrows(QueueException.Apart.class, () -> q().limit(STRICT));
      return;
    }
    q().limit(STRICT);
    for (int i = 0; i < 5; i++) {
      queues.enqueue(job("x" + i));
    }
    var runner = hand();
    var jobs = runner.claim(9);
    assertEquals(List.of("x0", "x1"), texts(jobs));
    runner.settle(jobs.get(0), Outcome.done().uncounted());
    var third = runner.claim(9);
    assertEquals(List.of("x2"), texts(third));
    runner.settle(jobs.get(1), Outcome.retry(Duration.ofHours(1), "later"));
    runner.settle(third.getFirst(), Outcome.done().uncounted());
    assertEquals(List.of("x3"), texts(runner.claim(9)));
  }

  @Test
  void aStrictRateHoldsForWhatReachesItsGoalLate() {
    q().limit(QueueLimits.NONE.rate(Rate.strict(5, Duration.ofMillis(200))));
    assertEquals(Rate.strict(5, Duration.ofMillis(200)), q().limits().rate().orElseThrow());
    var arrivals = new ConcurrentLinkedQueue<Long>();
    for (int w = 0; w < 2; w++) {
      start(
          another().worker("q").concurrency(8),
          job -> {
            var late = Instant.now().plusMillis(ThreadLocalRandom.current().nextInt(60));
            Waiting.until("it arrives", () -> Instant.now().isAfter(late));
            arrivals.add(System.nanoTime());
            return Outcome.done();
          });
    }
    for (int i = 0; i < 40; i++) {
      queues.enqueue(job("x"));
    }
    awaitEnded(40);
    var sorted = arrivals.stream().sorted().toList();
    for (int i = 5; i < sorted.size(); i++) {
      var span = Duration.ofNanos(sorted.get(i) - sorted.get(i - 5));
      assertTrue(span.toMillis() >= 200, () -> "six arrived within " + span);
    }
  }

  @Test
  void attemptsOfADeadWorkerCountInAStrictRateFromWhenItIsFoundDead() {
    q().limit(QueueLimits.NONE.eachGroup(GroupLimits.NONE.rate(Rate.strict(1, SECOND))));
    enqueueEach("a1");
    var dead = hand();
    assertEquals(1, dead.claim(1).size());
    dead.session().resign(dead.epoch());
    assertEquals(List.of(), hand().claim(1));
    assertTrue(q().closedUntil("a").isPresent());
  }

  /// Two cannot be divided among four partitions.
  private boolean spread() {
    return backend.partitions() > 1;
  }

  private void enqueueEach(String... texts) {
    for (var text : texts) {
      queues.enqueue(job(text).group(text.substring(0, 1)));
    }
  }

  private static List<String> texts(List<Job> jobs) {
    return jobs.stream().map(job -> job.payload().text()).toList();
  }
}
