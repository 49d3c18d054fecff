package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/// Jobs that are unique by a key, and jobs that are put off.
final class UniqueContractTest extends Contract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Unique K = Unique.by("k");

  @Test
  void aKeyIsHeldUntilItsJobHasEnded() {
    var first = queues.enqueue(job("a").unique(K));
    var hand = hand();
    for (var outcome : List.of(Outcome.retry(Duration.ZERO, "x"), Outcome.snooze(Duration.ZERO))) {
      assertEquals(first, queues.enqueue(job("b").unique(K)));
      var running = hand.claimOne();
      assertEquals(first, queues.enqueue(job("c").unique(K)));
      hand.settle(running, outcome);
    }
    assertEquals("a", info(first).job().payload().text());
    hand.settle(hand.claimOne(), Outcome.done());
    assertNotEquals(first, queues.enqueue(job("d").unique(K)));
    assertEquals(new Counts(1, 0, 0, 1, 0, 0), q().counts());
  }

  @Test
  void everyEndFreesIt() {
    var hand = hand();
    for (var outcome : List.of(Outcome.done(), Outcome.failed("x"), Outcome.canceled())) {
      var id = queues.enqueue(job("a").unique(K));
      hand.settle(hand.claimOne(), outcome);
      assertNotEquals(id, queues.enqueue(job("b").unique(K).id(new JobId("after" + id))));
      q().cancel(new JobId("after" + id));
    }
    var forgotten = queues.enqueue(job("a").unique(K).keep(Duration.ZERO));
    hand.settle(hand.claimOne(), Outcome.done());
    assertNotEquals(forgotten, queues.enqueue(job("b").unique(K)));
  }

  @Test
  void aKeyUntilTheStartIsFreeOnceItRuns() {
    var first = queues.enqueue(job("a").unique(K.untilStarted()));
    assertEquals(first, queues.enqueue(job("b").unique(K.untilStarted())));
    assertEquals("a", hand().claimOne().payload().text());

    assertNotEquals(first, queues.enqueue(job("c").unique(K.untilStarted())));
  }

  @Test
  void aKeyIsHeldForItsWindowWhateverBecomesOfTheJob() {
    var window = Duration.ofMillis(700);
    var first = queues.enqueue(job("a").unique(K.within(window)));
    var hand = hand();
    hand.settle(hand.claimOne(), Outcome.done());
    assertEquals(first, queues.enqueue(job("b").unique(K.within(window))));
    Waiting.until(
        "the window is over", () -> !queues.enqueue(job("c").unique(K.within(HOUR))).equals(first));
    assertEquals("c", hand.claimOne().payload().text());
  }

  @Test
  @WithinPartition(WithinPartition.Why.TOGETHER)
  void whoRejectsIsToldWhoHoldsTheKeyAndNothingIsAdded() {
    var first = queues.enqueue(job("a").unique(K));
    var refusal =
        assertThrows(
            QueueException.NotUnique.class,
            () -> queues.enqueueAll(List.of(job("other"), job("b").unique(K.rejecting()))));

    assertEquals(Optional.of(first), refusal.holder());
    assertEquals("k", refusal.key());
    assertEquals(new Counts(1, 0, 0, 0, 0, 0), q().counts());
    q().cancel(first);
    assertNotEquals(first, queues.enqueue(job("c").unique(K.rejecting())));
    assertThrows(
        QueueException.NotUnique.class, () -> queues.enqueue(job("d").unique(K.rejecting())));
  }

  @Test
  void everyKindOfKeyMayReject() {
    for (var unique : List.of(K, K.untilStarted(), K.within(HOUR))) {
      queues.enqueue(job("a").unique(unique.rejecting()));
      assertThrows(
          QueueException.NotUnique.class,
          () -> queues.enqueue(job("b").unique(unique.rejecting())),
          unique.toString());
    }
    assertEquals(3, q().counts().waiting());
  }

  @Test
  void twoOfOneCallAreNotUniqueEither() {
    var job = job("a").unique(K.rejecting());
    var refusal =
        assertThrows(QueueException.NotUnique.class, () -> queues.enqueueAll(List.of(job, job)));
    assertEquals(Optional.empty(), refusal.holder());
    assertEquals(0, q().counts().waiting());
  }

  @Test
  void ofManyAtTheSameTimeOneIsAdded() {
    var ids = ConcurrentHashMap.<JobId>newKeySet();
    var refused = ConcurrentHashMap.<Integer>newKeySet();
    inThreads(
        50,
        i -> {
          try {
            ids.add(queues.enqueue(job("a").unique(i % 2 == 0 ? K : K.rejecting())));
          } catch (QueueException.NotUnique e) {
            refused.add(i);
          }
        });
    assertEquals(1, ids.size());
    assertTrue(refused.size() >= 24, refused.toString());
    assertEquals(1, q().counts().waiting());
  }

  @Test
  void keysAreOfTheirQueueAndOfTheirKind() {
    queues.enqueue(job("a").unique(K));
    queues.enqueue(job("b").unique(K.untilStarted()));
    queues.enqueue(NewJob.of("other", "t", Payload.empty()).unique(K));
    queues.enqueue(job("c").unique(K.within(HOUR)));

    assertEquals(3, q().counts().waiting());
    assertEquals(1, queues.queue("other").counts().waiting());
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void aFollowUpWhoseKeyIsHeldIsLeftOut() {
    queues.enqueue(job("a"));
    queues.enqueue(job("b").unique(K));
    var hand = hand();
    hand.settle(hand.claimOne(), Outcome.done().then(job("c").unique(K.rejecting())));
    assertEquals(new Counts(1, 0, 0, 1, 0, 0), q().counts());
  }

  @Test
  void aDebouncedJobIsPutOffByTheNextOneUpToALimit() {
    var id = queues.enqueue(job("a").debounced("k", HOUR, HOUR.multipliedBy(2)));
    var first = due(id);
    Waiting.until(
        "it was put off",
        () -> {
          assertEquals(id, queues.enqueue(job("b").debounced("k", HOUR, HOUR.multipliedBy(2))));
          return due(id).isAfter(first);
        });
    assertEquals("b", info(id).job().payload().text());
    queues.enqueue(job("c").debounced("k", HOUR.multipliedBy(3), HOUR.multipliedBy(2)));
    assertEquals(info(id).job().enqueuedAt().plus(HOUR.multipliedBy(2)), due(id));
    assertEquals("c", info(id).job().payload().text());
    assertEquals(new Counts(0, 1, 0, 0, 0, 0), q().counts());
  }

  private Instant due(JobId id) {
    return assertInstanceOf(JobState.Scheduled.class, info(id).state()).at();
  }
}
