package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Adding jobs once under a key.
final class OnceContractTest extends Contract {
  @Test
  void theSecondAdmissionUnderAKeyChangesNothing() {
    var jobs = List.of(job("a"), NewJob.of("other", "t", Payload.of("b")));
    var first = queues.enqueueOnce("update:1", Duration.ofDays(2), jobs);
    var second = another().enqueueOnce("update:1", Duration.ofDays(2), jobs);

    var ids = assertInstanceOf(Admission.Accepted.class, first).ids();
    assertEquals(new Admission.Repeated("update:1"), second);
    assertEquals(2, ids.size());
    assertEquals(1, q().counts().waiting());
    assertEquals(1, queues.queue("other").counts().waiting());
    assertEquals("a", info(ids.getFirst()).job().payload().text());
  }

  @Test
  void theKeyIsRememberedAfterItsJobsHaveEnded() {
    queues.enqueueOnce("k", Duration.ofHours(1), List.of(job("a").keep(Duration.ZERO)));
    startOne(new Runs());
    Waiting.until("it is done", () -> q().counts().equals(new Counts(0, 0, 0, 0, 0, 0)));

    assertInstanceOf(
        Admission.Repeated.class, queues.enqueueOnce("k", Duration.ofHours(1), List.of(job("a"))));
  }

  @Test
  void differentKeysAreIndependent() {
    for (int i = 0; i < 5; i++) {
      assertInstanceOf(
          Admission.Accepted.class, queues.enqueueOnce("k" + i, SECOND, List.of(job("a"))));
    }
    assertEquals(5, q().counts().waiting());
  }

  @Test
  void afterItsWindowTheKeyIsFree() {
    long from = System.nanoTime();
    queues.enqueueOnce("k", SECOND, List.of(job("a")));
    Waiting.until(
        "the key is free",
        () -> queues.enqueueOnce("k", SECOND, List.of(job("b"))) instanceof Admission.Accepted);

    assertTrue(System.nanoTime() - from >= Duration.ofMillis(990).toNanos());
    assertEquals(2, q().counts().waiting());
  }

  @Test
  void ofManyAtOnceOneIsAccepted() {
    var accepted = new AtomicInteger();
    inThreads(
        50,
        i -> {
          if (queues.enqueueOnce("k", Duration.ofHours(1), List.of(job("a"), job("b")))
              instanceof Admission.Accepted) {
            accepted.incrementAndGet();
          }
        });

    assertEquals(1, accepted.get());
    assertEquals(2, q().counts().waiting());
  }

  @Test
  void aRefusedBatchDoesNotUseUpItsKey() {
    var large = NewJob.of("q", "t", Payload.of(new byte[(1 << 20) + 1]));
    assertThrows(
        QueueException.TooLarge.class, () -> queues.enqueueOnce("k", SECOND, List.of(large)));

    assertInstanceOf(
        Admission.Accepted.class, queues.enqueueOnce("k", SECOND, List.of(job("small"))));
  }

  @Test
  void theWindowHasLimits() {
    for (var bad : List.of(Duration.ofMillis(999), Duration.ofDays(31), Duration.ofSeconds(-1))) {
      assertThrows(
          IllegalArgumentException.class, () -> queues.enqueueOnce("k", bad, List.of(job("a"))));
    }
  }
}
