package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Named leases.
final class LeaseLockContractTest extends Contract {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void atMostOneHasTheLease() {
    var lease = queues.tryLease("poller", MINUTE).orElseThrow();

    assertEquals(MINUTE, lease.time());
    assertEquals(Optional.empty(), another().tryLease("poller", MINUTE));
    assertEquals(Optional.empty(), queues.tryLease("poller", MINUTE));
    assertTrue(queues.tryLease("other", MINUTE).isPresent());
  }

  @Test
  void ofManyAtOnceOneGetsIt() {
    var got = new AtomicInteger();
    inThreads(50, i -> queues.tryLease("poller", MINUTE).ifPresent(l -> got.incrementAndGet()));

    assertEquals(1, got.get());
  }

  @Test
  void givenBackItIsFreeAtOnceAndItsTokenGrows() {
    long last = 0;
    for (int i = 0; i < 5; i++) {
      var lease = queues.tryLease("poller", MINUTE).orElseThrow();
      assertTrue(lease.token() > last, lease.token() + " after " + last);
      last = lease.token();
      lease.close();
    }
  }

  @Test
  void aLeaseThatIsNotRenewedRunsOutAndIsNeverItsHoldersAgain() {
    long from = System.nanoTime();
    var late = queues.tryLease("poller", SECOND).orElseThrow();
    var heir = new Lease[1];
    Waiting.until(
        "it has run out",
        () -> {
          another().tryLease("poller", SECOND).ifPresent(lease -> heir[0] = lease);
          return heir[0] != null;
        });

    assertTrue(System.nanoTime() - from >= Duration.ofMillis(990).toNanos());
    assertTrue(heir[0].token() > late.token());
    assertFalse(late.renew());
    late.close();
    assertTrue(heir[0].renew(), "the late one cannot take it away");
    heir[0].close();
    assertFalse(late.renew(), "once false, never true again");
    assertFalse(heir[0].renew(), "given back");
  }

  @Test
  void aRenewedLeaseIsKept() {
    var lease = queues.tryLease("poller", SECOND).orElseThrow();
    var other = another();
    long end = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
    Waiting.until(
        "two and a half times are over",
        () -> {
          assertTrue(lease.renew());
          assertEquals(Optional.empty(), other.tryLease("poller", SECOND));
          return System.nanoTime() > end;
        });
  }

  @Test
  void closingTwiceTakesNothingFromTheNext() {
    var first = queues.tryLease("poller", MINUTE).orElseThrow();
    first.close();
    var second = queues.tryLease("poller", MINUTE).orElseThrow();
    first.close();

    assertTrue(second.renew());
  }

  @Test
  void theSameHolderAskingAgainAfterALostAnswerGetsTheSameToken() {
    var store = queues.store();
    var token = store.acquire("poller", "holder-1", MINUTE);

    assertEquals(token, store.acquire("poller", "holder-1", MINUTE));
    assertTrue(store.acquire("poller", "holder-2", MINUTE).isEmpty());
  }

  @Test
  void theTimeHasLimits() {
    for (var bad : List.of(Duration.ofMillis(999), Duration.ofHours(2), Duration.ZERO)) {
      assertThrows(IllegalArgumentException.class, () -> queues.tryLease("poller", bad));
    }
  }
}
