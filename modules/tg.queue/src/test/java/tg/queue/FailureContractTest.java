package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What is kept of attempts that failed.
final class FailureContractTest extends Contract {
  @Test
  void eachFailedAttemptIsRememberedWithItsWorkerItsTimesAndItsReason() {
    var worker =
        start(
            queues.worker("q").retry(Retries.after(Duration.ZERO, Duration.ZERO)),
            job -> {
              throw new IllegalStateException("no " + job.attempt());
            });
    var id = queues.enqueue(job("a"));
    awaitEnded(1);

    var failures = q().failures(id);
    assertEquals(List.of(1L, 2L, 3L), failures.stream().map(FailedAttempt::attempt).toList());
    for (var failure : failures) {
      assertEquals(worker.id(), failure.worker());
      assertEquals("java.lang.IllegalStateException: no " + failure.attempt(), failure.reason());
      assertFalse(failure.ended().isBefore(failure.started()));
    }
    assertEquals(info(id).lastFailure(), failures.getLast().reason());
  }

  @Test
  void theTraceOfTheLastFailureLeadsToItsCause() {
    startOneFailing(() ->
        new IllegalStateException("outer " + "x".repeat(1_000), new ArithmeticException("inner")));
    var id = queues.enqueue(job("a").retry(Retries.none()));
    awaitEnded(1);

    var trace = q().trace(id).orElseThrow();
    assertTrue(trace.contains("outer"), trace);
    assertTrue(trace.contains("FailureContractTest"), trace);
    assertTrue(trace.contains("Caused by: java.lang.ArithmeticException: inner"), trace);
    assertTrue(trace.length() <= 4_096);
  }

  @Test
  void theLatestTenAreKept() {
    startOneFailing(() -> new IllegalStateException("no"));
    var id = queues.enqueue(job("a").retry(Retries.exponential(15, Duration.ofMillis(1), SECOND)));
    Waiting.until("it failed", () -> q().counts().failed() == 1);

    assertEquals(
        LongStream.rangeClosed(6, 15).boxed().toList(),
        q().failures(id).stream().map(FailedAttempt::attempt).toList());
  }

  @Test
  void aFailureThatWasSaidAndNotThrownHasNoTrace() {
    startOne(job -> Outcome.failed("said"));
    var id = queues.enqueue(job("a"));
    awaitEnded(1);

    assertEquals("said", q().failures(id).getFirst().reason());
    assertEquals(Optional.empty(), q().trace(id));
  }

  @Test
  void anAttemptThatIgnoresItsTimeoutIsRememberedToo() {
    try (var deaf = new Deaf(Outcome.done())) {
      start(queues.worker("q").timeout(Duration.ofMillis(50)).grace(Duration.ofMillis(50)), deaf);
      var id = queues.enqueue(job("a").retry(Retries.none()));
      awaitEnded(1);

      assertTrue(q().failures(id).getFirst().reason().contains("longer than"));
      assertTrue(q().trace(id).orElseThrow().contains("ignored its interruption"));
    }
  }

  @Test
  void aJobThatDidNotFailKeepsNothing() {
    startOne(job -> Outcome.done());
    var id = queues.enqueue(job("a"));
    awaitEnded(1);

    assertEquals(List.of(), q().failures(id));
    assertEquals(Optional.empty(), q().trace(id));
    assertTrue(
        new HashSet<>(backend.keys(namespace)).stream().noneMatch(key -> key.contains("/side")));
  }

  @Test
  void whatIsKeptEndsWithTheJobAndOutlivesItsRequeue() {
    startOneFailing(() -> new IllegalStateException("no"));
    var id = queues.enqueue(job("a").retry(Retries.none()));
    awaitEnded(1);
    assertTrue(q().requeue(id));
    Waiting.until("it failed again", () -> q().failures(id).size() == 2);
    Waiting.until("it ended again", () -> info(id).state().ended());

    assertTrue(q().delete(id));
    assertEquals(List.of(), q().failures(id));
  }

  private void startOneFailing(Supplier<RuntimeException> failure) {
    startOne(job -> {
      throw failure.get();
    });
  }
}
