package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Canceling a job in each of its states.
final class CancelContractTest extends Contract {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void aWaitingJobIsCanceledAndNeverRuns() {
    var id = queues.enqueue(job("a"));
    queues.enqueue(job("b"));
    assertEquals(Cancellation.CANCELED, q().cancel(id));

    assertInstanceOf(JobState.Canceled.class, info(id).state());
    assertEquals(new Counts(1, 0, 0, 0, 0, 1), q().counts());
    var runs = new Runs();
    startOne(runs);
    awaitEnded(2);
    assertEquals(List.of("b"), runs.texts());
  }

  @Test
  void aScheduledJobIsCanceled() {
    var id = queues.enqueue(job("a").delay(HOUR));
    assertEquals(Cancellation.CANCELED, q().cancel(id));

    assertEquals(new Counts(0, 0, 0, 0, 0, 1), q().counts());
  }

  @Test
  void aRunningJobIsInterruptedAndEndsCanceled() {
    try (var gate = new Gate()) {
      var id = queues.enqueue(job("a"));
      startOne(gate);
      gate.awaitStarted(1);
      assertEquals(Cancellation.REQUESTED, another().queue("q").cancel(id));
      Waiting.until("it is interrupted", Duration.ofSeconds(2), () -> gate.interrupted() == 1);
      awaitEnded(1);

      assertInstanceOf(JobState.Canceled.class, info(id).state());
      assertEquals(1, gate.runs().jobs().size());
    }
  }

  @Test
  void onlyTheCanceledJobIsInterrupted() {
    try (var gate = new Gate()) {
      var ids = queues.enqueueAll(List.of(job("a"), job("b"), job("c")));
      start(queues.worker("q"), gate);
      gate.awaitStarted(3);
      q().cancel(ids.get(1));
      awaitEnded(1);
      gate.open();
      awaitEnded(3);

      assertEquals(1, gate.interrupted());
      assertEquals(new Counts(0, 0, 0, 2, 0, 1), q().counts());
    }
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void aHandlerMayCleanUpAfterACancelAndItsFollowUpsCount() {
    var started = new CountDownLatch(1);
    var id = queues.enqueue(job("a"));
    startOne(job -> {
      started.countDown();
      try {
        new CountDownLatch(1).await();
        return Outcome.done();
      } catch (InterruptedException e) {
        return Outcome.canceled().then(NewJob.of("sorry", "t", Payload.empty()));
      }
    });
    Waiting.until("it runs", () -> started.getCount() == 0);
    q().cancel(id);
    awaitEnded(1);

    assertInstanceOf(JobState.Canceled.class, info(id).state());
    assertEquals(1, queues.queue("sorry").counts().waiting());
  }

  @Test
  void aHandlerThatFinishesInSpiteOfACancelIsFinished() {
    var started = new CountDownLatch(1);
    var id = queues.enqueue(job("a"));
    startOne(job -> {
      started.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        return Outcome.done(Payload.of("all the same"));
      }
      return Outcome.failed("not interrupted");
    });
    Waiting.until("it runs", () -> started.getCount() == 0);
    q().cancel(id);
    awaitEnded(1);

    var state = assertInstanceOf(JobState.Finished.class, info(id).state());
    assertEquals("all the same", state.result().text());
  }

  @Test
  void aCanceledJobIsNotRetriedWhenItsHandlerThrows() {
    var started = new AtomicInteger();
    var id = queues.enqueue(job("a"));
    startOne(job -> {
      started.incrementAndGet();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("in the middle of it", e);
      }
      return Outcome.done();
    });
    Waiting.until("it runs", () -> started.get() == 1);
    q().cancel(id);
    awaitEnded(1);

    assertInstanceOf(JobState.Canceled.class, info(id).state());
    assertEquals(1, started.get());
  }

  @Test
  void aRequestSurvivesWhateverMakesTheJobRunAgain() {
    var outcomes =
        List.of(
            Outcome.retry(HOUR, "x"),
            Outcome.retry(Duration.ZERO, "x"),
            Outcome.snooze(HOUR),
            Outcome.postpone(HOUR, "x"));
    var runner = hand();
    for (var outcome : outcomes) {
      var id = queues.enqueue(job("a").group("g"));
      var job = runner.claimOne();
      assertEquals(Cancellation.REQUESTED, q().cancel(id));
      assertTrue(runner.settle(job, outcome));
      assertInstanceOf(JobState.Canceled.class, info(id).state(), outcome.toString());
      if (outcome instanceof Outcome.Postpone) {
        break;
      }
    }
  }

  @Test
  void aRequestSurvivesTheReturnOfTheJob() {
    var id = queues.enqueue(job("a"));
    var runner = hand();
    var jobs = runner.claim(1);
    q().cancel(id);
    runner.giveBack(jobs, true);

    assertInstanceOf(JobState.Canceled.class, info(id).state());
  }

  @Test
  void aRequestSurvivesTheDeathOfTheWorker() {
    var id = queues.enqueue(job("a"));
    shortLived().claimOne();
    assertEquals(Cancellation.REQUESTED, q().cancel(id));
    var heir = shortLived();
    Waiting.until("it is reaped", () -> heir.reap() > 0);

    assertInstanceOf(JobState.Canceled.class, info(id).state());
    assertEquals(List.of(), heir.claim(1));
  }

  @Test
  void theWorkerIsToldUntilTheAttemptIsSettled() {
    var id = queues.enqueue(job("a"));
    var runner = hand();
    var job = runner.claimOne();
    q().cancel(id);
    var request = List.of(new Session.Canceled("q", id, 1));

    assertEquals(request, runner.session().renew(runner.epoch()).canceled());
    assertEquals(request, Hand.applied(runner.step(List.of(), 0)).hints().canceled());
    runner.session().await(runner.epoch(), true, Duration.ofMinutes(1));
    runner.settle(job, Outcome.canceled());
    assertEquals(List.of(), runner.session().renew(runner.epoch()).canceled());
  }

  @Test
  void anEndedOrUnknownJobIsTooLateToCancel() {
    var runner = hand();
    for (var outcome : List.of(Outcome.done(), Outcome.failed("x"), Outcome.canceled())) {
      var id = queues.enqueue(job("a"));
      runner.settle(runner.claimOne(), outcome);
      var before = info(id);
      assertEquals(Cancellation.TOO_LATE, q().cancel(id));
      assertEquals(before, info(id));
    }
    assertEquals(Cancellation.TOO_LATE, q().cancel(new JobId("nobody")));
  }

  @Test
  void theGroupOfACanceledJobGoesOn() {
    var first = queues.enqueue(job("a1").group("a"));
    queues.enqueue(job("a2").group("a"));
    q().cancel(first);

    assertEquals("a2", hand(1, Duration.ofMinutes(1)).claimOne().payload().text());
  }

  @Test
  void aCanceledJobThatIsRequeuedRuns() {
    var id = queues.enqueue(job("a"));
    q().cancel(id);
    assertTrue(q().requeue(id));
    var runs = new Runs();
    startOne(runs);
    awaitEnded(1);

    assertEquals(List.of("a"), runs.texts());
    assertEquals(1, q().counts().finished());
  }

  @Test
  void aHandlerThatIgnoresACancelLosesItsSlotAndItsSay() {
    try (var deaf = new Deaf(Outcome.done(Payload.of("late")).then(job("follow-up")))) {
      var id = queues.enqueue(job("a"));
      var worker =
          start(
              queues.worker("q").concurrency(1).grace(Duration.ofMillis(50)),
              job -> job.payload().text().equals("a") ? deaf.handle(job) : Outcome.done());
      deaf.awaitStarted(1);
      queues.enqueue(job("b"));
      assertEquals(Cancellation.REQUESTED, another().queue("q").cancel(id));
      awaitEnded(2);
      assertInstanceOf(JobState.Canceled.class, info(id).state());
      assertEquals(1, worker.abandoned());

      deaf.end();
      Waiting.until("its thread has ended", () -> worker.abandoned() == 0);
      assertInstanceOf(JobState.Canceled.class, info(id).state());
      assertEquals(new Counts(0, 0, 0, 1, 0, 1), q().counts());
    }
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void whenARunningJobIsCanceledItsLastWordIsAddedInTheSameStep() {
    try (var gate = new Gate()) {
      var id = queues.enqueue(job("a"));
      start(
          queues.worker("q").onCanceled(job -> List.of(NewJob.of("sorry", "t", job.payload()))),
          gate);
      gate.awaitStarted(1);
      q().cancel(id);
      awaitEnded(1);

      assertInstanceOf(JobState.Canceled.class, info(id).state());
      assertEquals(1, queues.queue("sorry").counts().waiting());
    }
  }
}
