package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What whoever watches a queue is told.
final class FiguresContractTest extends Contract {
  @Test
  void anUnknownQueueHasNothing() {
    assertEquals(new Figures(new Figures.Totals(0, 0, 0, 0), 0, Duration.ZERO), q().figures());
  }

  @Test
  void totalsCountWhatHappenedAndReadingChangesNothing() {
    for (var end : new String[] {"done", "done", "failed", "canceled"}) {
      queues.enqueue(job(end).keep(Duration.ZERO));
    }
    startOne(job ->
        switch (job.payload().text()) {
          case "failed" -> Outcome.failed("x");
          case "canceled" -> Outcome.canceled();
          default -> Outcome.done();
        });
    var all = new Figures.Totals(4, 2, 1, 1);
    Waiting.until("all ended: " + q().figures(), () -> q().figures().totals().equals(all));
    assertEquals(all, another().queue("q").figures().totals());
  }

  @Test
  void theOldestWaitingJobIsFoundInAnyLaneOpenOrNot() {
    queues.enqueue(job("closed").group("g"));
    var runner = hand();
    runner.settle(runner.claim(1).getFirst(), Outcome.postpone(Duration.ofMinutes(1), "not now"));
    Waiting.until("it ages", () -> q().figures().oldestWaiting().toMillis() > 30);
    queues.enqueue(job("young").priority(Priority.URGENT));
    assertTrue(q().figures().oldestWaiting().toMillis() > 30);
    runner.claim(1);
    assertTrue(q().figures().oldestWaiting().toMillis() > 30, "the lane that is closed waits");
    q().cancel(q().list(Registry.WAITING, 0, 1).getFirst().id());
    assertEquals(Duration.ZERO, q().figures().oldestWaiting());
  }

  @Test
  void aWorkerCountsWhileItServesTheQueueAndSaysWhatItDoes() {
    var worker = startOne(job -> Outcome.done());
    assertTrue(worker.alive());
    assertTrue(worker.claiming());
    assertEquals(0, worker.refused());
    assertEquals(1, q().figures().workers());
    assertEquals(0, queues.queue("other").figures().workers());
    worker.drain(SECOND);
    assertFalse(worker.claiming());
    assertFalse(worker.alive());
    assertEquals(0, q().figures().workers());
  }
}
