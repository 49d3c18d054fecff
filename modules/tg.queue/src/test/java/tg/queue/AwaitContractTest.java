package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// Waiting for the end of a job.
final class AwaitContractTest extends Contract {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void whoWaitsGetsTheResult() throws InterruptedException {
    var id = queues.enqueue(job("a"));
    start(another().worker("q"), job -> Outcome.done(Payload.of("result")));

    var info = q().await(id, LONG).orElseThrow();
    var state = assertInstanceOf(JobState.Finished.class, info.state());
    assertEquals("result", state.result().text());
    assertEquals(Optional.of(info), q().await(id, Duration.ZERO));
  }

  @Test
  void everyEndEndsTheWaiting() throws InterruptedException {
    var hand = hand();
    for (var outcome : List.of(Outcome.done(), Outcome.failed("x"), Outcome.canceled())) {
      var id = queues.enqueue(job("a"));
      var seen = waiting(1, id);
      hand.settle(hand.claimOne(), outcome);
      Waiting.until("the end is seen", () -> seen.size() == 1);
    }
    var id = queues.enqueue(job("a"));
    var seen = waiting(1, id);
    q().cancel(id);
    Waiting.until("the end is seen", () -> seen.size() == 1);
    assertInstanceOf(JobState.Canceled.class, seen.remove().state());
  }

  @Test
  void itIsOverWhenTheTimeIsOver() throws InterruptedException {
    var id = queues.enqueue(job("a").delay(Duration.ofHours(1)));
    assertEquals(Optional.empty(), q().await(id, SHORT));
    assertEquals(Optional.empty(), q().await(id, Duration.ZERO));
  }

  @Test
  void aJobThatIsNotKnownIsNotWaitedFor() throws InterruptedException {
    assertEquals(Optional.empty(), q().await(new JobId("nobody"), LONG));
  }

  @Test
  void aRetryIsNotAnEnd() throws InterruptedException {
    var id = queues.enqueue(job("a"));
    start(
        queues.worker("q").retry(Retries.after(SHORT)),
        job -> {
          if (job.attempt() == 1) {
            throw new IllegalStateException("boom");
          }
          return Outcome.done();
        });
    assertEquals(2, q().await(id, LONG).orElseThrow().job().attempt());
  }

  @Test
  void hundredsWaitAndAreAllTold() {
    var ids = queues.enqueueAll(Collections.nCopies(500, job("a")));
    var seen = new ConcurrentLinkedQueue<JobInfo>();
    for (var id : ids) {
      Thread.startVirtualThread(() -> await(id, seen));
    }
    start(another().worker("q").concurrency(100), job -> Outcome.done());
    Waiting.until("all are told", () -> seen.size() == 500);
    assertTrue(seen.stream().allMatch(info -> info.state() instanceof JobState.Finished));
  }

  @Test
  void manyWaitForOneJob() throws InterruptedException {
    var id = queues.enqueue(job("a"));
    var seen = waiting(100, id);
    start(queues.worker("q"), job -> Outcome.done());
    Waiting.until("all are told", () -> seen.size() == 100);
  }

  @Test
  void whoIsInterruptedWaitsNoLonger() throws InterruptedException {
    var id = queues.enqueue(job("a"));
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> q().await(id, LONG));
  }

  private ConcurrentLinkedQueue<JobInfo> waiting(int threads, JobId id) {
    var seen = new ConcurrentLinkedQueue<JobInfo>();
    for (int i = 0; i < threads; i++) {
      Thread.startVirtualThread(() -> await(id, seen));
    }
    return seen;
  }

  private void await(JobId id, ConcurrentLinkedQueue<JobInfo> seen) {
    try {
      seen.add(q().await(id, LONG).orElseThrow());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
