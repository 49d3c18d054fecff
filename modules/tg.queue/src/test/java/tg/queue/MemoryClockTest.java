package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The queue in memory with a clock of the test's own: long times pass in no time.
final class MemoryClockTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private final MovableClock clock = new MovableClock();
  private final Queues queues = Queues.inMemory(clock);
  private final JobQueue q = queues.queue("q");

  @AfterEach
  void close() {
    queues.close();
  }

  @Test
  void aFinishedJobIsKeptForAnHourAndAFailedOneForAWeek() {
    var finished = queues.enqueue(job("a"));
    var failed = queues.enqueue(job("b"));
    try (var hand = hand()) {
      hand.settle(hand.claimOne(), Outcome.done());
      hand.settle(hand.claimOne(), Outcome.failed("x"));
    }
    clock.move(Duration.ofMinutes(59));
    assertTrue(q.find(finished).isPresent());
    clock.move(Duration.ofMinutes(1));
    assertEquals(Optional.empty(), q.find(finished));
    assertTrue(q.find(failed).isPresent());
    clock.move(WEEK);
    assertEquals(Optional.empty(), q.find(failed));
  }

  @Test
  void aJobDueInAMonthStartsWhenTheMonthIsOver() {
    var id = queues.enqueue(job("a").delay(Duration.ofDays(30)));
    try (var hand = hand()) {
      clock.move(Duration.ofDays(30).minusMillis(1));
      assertEquals(List.of(), hand.claim(1));
      assertInstanceOf(JobState.Scheduled.class, q.find(id).orElseThrow().state());
      clock.move(Duration.ofMillis(1));
      assertEquals(id, hand.claimOne().id());
    }
  }

  @Test
  void aWaitingWorkerNoticesThatTheClockWasMoved() {
    var runs = new Runs();
    queues.enqueue(job("a").delay(Duration.ofDays(30)));
    try (var worker = queues.worker("q").start(runs)) {
      Waiting.until("it has looked", () -> worker.running() == 0);
      clock.move(Duration.ofDays(31));
      assertEquals(List.of("a"), runs.await(1));
    }
  }

  @Test
  void instantsAreOfTheClock() {
    var start = Instant.parse("2026-01-01T00:00:00Z");
    var id = queues.enqueue(job("a"));
    assertEquals(start, q.find(id).orElseThrow().job().enqueuedAt());
    clock.move(WEEK);
    try (var hand = hand()) {
      hand.settle(hand.claimOne(), Outcome.done());
    }
    assertEquals(
        new JobState.Finished(start.plus(WEEK), Payload.empty()), q.find(id).orElseThrow().state());
  }

  @Test
  void anEpochThatWasNotRenewedInTimeIsReapedByTheClock() {
    queues.enqueue(job("a"));
    try (var dead = hand();
        var heir = hand()) {
      dead.claimOne();
      clock.move(Duration.ofSeconds(59));
      assertEquals(0, heir.session().reap());
      assertTrue(heir.session().renew(heir.epoch()).alive());
      clock.move(Duration.ofSeconds(1));
      assertTrue(heir.session().renew(heir.epoch()).expired());
      assertEquals(1, heir.session().reap());
      assertFalse(dead.session().renew(dead.epoch()).alive());
      assertEquals(new Job.Tries(2, 0, 1), heir.claimOne().tries());
    }
  }

  @Test
  void anOnceKeyIsForgottenAfterItsWindow() {
    queues.enqueueOnce("k", Duration.ofDays(2), List.of(job("a")));
    clock.move(Duration.ofDays(2).minusMillis(1));
    assertInstanceOf(Admission.Repeated.class, queues.enqueueOnce("k", WEEK, List.of(job("a"))));
    clock.move(Duration.ofMillis(1));
    assertInstanceOf(Admission.Accepted.class, queues.enqueueOnce("k", WEEK, List.of(job("a"))));
  }

  private Hand hand() {
    return new Hand(queues, Integer.MAX_VALUE, Duration.ofMinutes(1));
  }

  private static NewJob job(String text) {
    return NewJob.of("q", "t", Payload.of(text));
  }
}
