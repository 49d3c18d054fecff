package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// How long an attempt, and a job, may take.
final class TimeoutContractTest extends Contract {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void anAttemptThatTakesTooLongIsInterruptedAndHasFailed() {
    var id = queues.enqueue(job("a").timeout(SHORT).retry(Retries.none()));
    startOne(TimeoutContractTest::sleep);
    awaitEnded(1);

    assertTrue(failure(id).contains("the attempt took longer than PT0.05S"), failure(id));
  }

  @Test
  void theWorkersTimeoutHoldsForJobsThatDoNotSayThemselves() {
    queues.enqueue(job("a").timeout(HOUR));
    queues.enqueue(job("b"));
    try (var gate = new Gate()) {
      start(queues.worker("q").timeout(SHORT).retry(RetryPolicy.never()), gate);
      awaitEnded(1);
      assertEquals("b", q().list(Registry.FAILED, 0, 1).getFirst().job().payload().text());
      assertEquals(1, q().counts().running());
    }
  }

  @Test
  void anAttemptThatTimedOutIsTriedAgain() {
    queues.enqueue(job("a").timeout(SHORT).retry(Retries.after(Duration.ZERO)));
    var runs =
        new Runs(job -> job.attempt() == 1 ? TimeoutContractTest.sleep(job) : Outcome.done());
    startOne(runs);
    awaitEnded(1);

    assertEquals(1, q().counts().finished());
    assertEquals(new Job.Tries(2, 1, 0), runs.jobs().getLast().tries());
  }

  @Test
  void aHandlerThatFinishesInItsGraceIsHeard() {
    var id = queues.enqueue(job("a").timeout(SHORT));
    startOne(job -> {
      try {
        return sleep(job);
      } catch (InterruptedException e) {
        return Outcome.done(Payload.of("just so"));
      }
    });
    awaitEnded(1);

    var state = assertInstanceOf(JobState.Finished.class, info(id).state());
    assertEquals("just so", state.result().text());
  }

  @Test
  void aHandlerThatIgnoresItsTimeoutLosesItsSlotAndItsSay() {
    try (var deaf = new Deaf(Outcome.done(Payload.of("late")).then(job("follow-up")))) {
      var id = queues.enqueue(job("a").timeout(SHORT).retry(Retries.none()));
      var worker =
          start(
              queues.worker("q").concurrency(1).grace(SHORT),
              job -> job.payload().text().equals("a") ? deaf.handle(job) : Outcome.done());
      deaf.awaitStarted(1);
      queues.enqueue(job("b"));
      awaitEnded(2);
      assertEquals(1, worker.abandoned());
      assertEquals(0, worker.running());

      deaf.end();
      Waiting.until("its thread has ended", () -> worker.abandoned() == 0);
      assertInstanceOf(JobState.Failed.class, info(id).state());
      assertEquals(new Counts(0, 0, 0, 1, 1, 0), q().counts());
    }
  }

  @Test
  void aJobWhoseDeadlinePassesWhileItRunsFailsForGood() {
    var id = queues.enqueue(job("a").deadline(SHORT).retry(Retries.after(HOUR)));
    var runs = new Runs(TimeoutContractTest::sleep);
    startOne(runs);
    awaitEnded(1);

    assertTrue(failure(id).contains("deadline"), failure(id));
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void aJobThatWaitedTooLongFailsWithoutARunAndHasItsLastWord() {
    var ttl = queues.enqueue(job("a").ttl(Duration.ofMillis(1)));
    var deadline = queues.enqueue(job("b").deadline(Duration.ofMillis(1)));
    var far = queues.enqueue(job("c").ttl(HOUR).deadline(HOUR));
    var born = info(far).job().enqueuedAt();
    Waiting.until("a moment has passed", () -> born.plusMillis(20).isBefore(now()));
    var runs = new Runs();
    var words = new ConcurrentLinkedQueue<String>();
    start(
        queues
            .worker("q")
            .concurrency(1)
            .onExhausted((job, reason) -> {
              words.add(job.payload().text() + " " + reason);
              return List.of(NewJob.of("sorry", "t", job.payload()));
            }),
        runs);
    awaitEnded(3);

    assertEquals(List.of("c"), runs.texts());
    assertEquals("it waited longer than its ttl", failure(ttl));
    assertEquals("its deadline passed", failure(deadline));
    assertEquals(2, words.size());
    assertEquals(2, queues.queue("sorry").counts().waiting());
  }

  @Test
  void aJobExpiresWhereverItWaits() {
    var closed = queues.enqueue(job("1").group("g"));
    var hand = hand();
    hand.settle(hand.claimOne(), Outcome.postpone(HOUR, "closed"));
    var brief = Duration.ofMillis(20);
    var parked = queues.enqueue(job("2").group("g").ttl(brief));
    var scheduled = queues.enqueue(job("3").delay(HOUR).deadline(brief));
    var retried =
        queues.enqueue(job("4").deadline(Duration.ofMillis(900)).retry(Retries.after(HOUR)));
    var runs =
        new Runs(job -> {
          throw new IllegalStateException("boom");
        });
    startOne(runs);
    awaitEnded(3);

    assertEquals("it waited longer than its ttl", failure(parked));
    assertEquals("its deadline passed", failure(scheduled));
    assertEquals("its deadline passed", failure(retried));
    assertEquals(List.of("4"), runs.texts());
    assertInstanceOf(JobState.Waiting.class, info(closed).state());
    assertEquals(new Counts(1, 0, 0, 0, 3, 0), q().counts());
    assertEquals(new Counts(1, 0, 0, 0, 0, 0), q().counts("g"));
  }

  @Test
  void anExpiredJobThatIsRequeuedHasItsTimeAnew() {
    var id = queues.enqueue(job("a").deadline(SECOND.multipliedBy(3)).ttl(Duration.ofMillis(1)));
    var hand = hand();
    Waiting.until(
        "it has expired",
        () -> {
          hand.claim(1).forEach(job -> hand.settle(job, Outcome.failed("late")));
          return q().counts().failed() == 1;
        });
    assertTrue(q().requeue(id));
    assertTrue(info(id).job().deadline().orElseThrow().isAfter(now().plus(SECOND)));
  }

  @Test
  void theTtlIsForTheFirstStartOnly() {
    queues.enqueue(job("a").ttl(Duration.ofMillis(500)));
    var runs = new Runs(job -> job.attempt() == 1 ? Outcome.snooze(SECOND) : Outcome.done());
    startOne(runs);
    awaitEnded(1);

    assertEquals(1, q().counts().finished());
  }

  @Test
  void aJobSaysItsLimits() {
    queues.enqueue(job("a").timeout(SHORT).deadline(HOUR).header("h", "1"));
    var job = hand().claimOne();
    assertEquals(SHORT, job.timeout().orElseThrow());
    assertEquals(job.enqueuedAt().plus(HOUR), job.deadline().orElseThrow());
    assertEquals("1", job.headers().get("h"));
  }

  private Instant now() {
    var hand = hand();
    return hand.session().renew(hand.epoch()).now();
  }

  private String failure(JobId id) {
    return assertInstanceOf(JobState.Failed.class, info(id).state()).reason();
  }

  private static Outcome sleep(Job job) throws InterruptedException {
    new CountDownLatch(1).await();
    return Outcome.done();
  }
}
