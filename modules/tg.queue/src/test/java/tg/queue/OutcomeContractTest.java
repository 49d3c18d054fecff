package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of a job by what its handler says.
final class OutcomeContractTest extends Contract {
  @Test
  void aFinishedJobShowsItsResultToEverybody() {
    var before = Instant.now();
    var id = queues.enqueue(job("a"));
    startOne(job -> Outcome.done(Payload.of("result of " + job.payload().text())));
    awaitEnded(1);

    var info = another().queue("q").find(id).orElseThrow();
    var state = assertInstanceOf(JobState.Finished.class, info.state());
    assertEquals("result of a", state.result().text());
    assertFalse(state.at().isBefore(before.minusMillis(1)));
    assertEquals(new Job.Tries(1, 0, 0), info.job().tries());
    assertEquals("a", info.job().payload().text());
    assertEquals("", info.lastFailure());
  }

  @Test
  void aJobThatIsDoneWithoutAResultHasAnEmptyOne() {
    var id = queues.enqueue(job("a"));
    startOne(job -> Outcome.done());
    awaitEnded(1);

    assertEquals(
        Payload.empty(), assertInstanceOf(JobState.Finished.class, info(id).state()).result());
  }

  @Test
  void aResultOfAnyBytesComesBackAsItWas() {
    var bytes = new byte[1024];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    var id = queues.enqueue(job("a"));
    startOne(job -> Outcome.done(Payload.of(bytes)));
    awaitEnded(1);

    assertEquals(
        Payload.of(bytes), assertInstanceOf(JobState.Finished.class, info(id).state()).result());
  }

  @Test
  void anEndIsGoneAfterItsKeepTimeAndThereWithinIt() {
    var id = queues.enqueue(job("a").keep(SECOND));
    var runner = hand();
    var job = runner.claimOne();
    var before = Instant.now();
    assertTrue(runner.settle(job, Outcome.done(Payload.of("r"))));

    assertInstanceOf(JobState.Finished.class, info(id).state());
    Waiting.until("the result is gone", () -> q().find(id).isEmpty());
    var kept = Duration.between(before, Instant.now());
    assertTrue(kept.compareTo(Duration.ofMillis(930)) >= 0, "kept for " + kept);
    assertTrue(kept.compareTo(Duration.ofSeconds(2)) < 0, "kept for " + kept);
    assertEquals(new Counts(0, 0, 0, 0, 0, 0), q().counts());
    assertEquals(List.of(), q().list(Registry.FINISHED, 0, 10));
  }

  @Test
  void aJobWithAKeepTimeOfZeroIsForgottenAtOnce() {
    var id = queues.enqueue(job("a").keep(Duration.ZERO));
    var runner = hand();
    assertTrue(runner.settle(runner.claimOne(), Outcome.done(Payload.of("r"))));

    assertEquals(Optional.empty(), q().find(id));
    assertEquals(new Counts(0, 0, 0, 0, 0, 0), q().counts());
  }

  @Test
  void aFailedJobGoesToTheFailedRegistryWithItsReason() {
    var id = queues.enqueue(job("a"));
    startOne(job -> Outcome.failed("no such file: ünï"));
    awaitEnded(1);

    assertEquals(new Counts(0, 0, 0, 0, 1, 0), q().counts());
    var info = info(id);
    assertEquals(
        "no such file: ünï", assertInstanceOf(JobState.Failed.class, info.state()).reason());
    assertEquals("no such file: ünï", info.lastFailure());
    assertEquals(1, info.job().attempt());
  }

  @Test
  void aReasonIsCutTo4096Characters() {
    var id = queues.enqueue(job("a"));
    startOne(job -> Outcome.failed("x".repeat(5_000)));
    awaitEnded(1);

    assertEquals(
        "x".repeat(4_096), assertInstanceOf(JobState.Failed.class, info(id).state()).reason());
  }

  @Test
  void aHandlerMayCancelItsJob() {
    var id = queues.enqueue(job("a"));
    startOne(job -> Outcome.canceled());
    awaitEnded(1);

    assertInstanceOf(JobState.Canceled.class, info(id).state());
    assertEquals(new Counts(0, 0, 0, 0, 0, 1), q().counts());
  }

  @Test
  void aSnoozeRunsTheJobAgainAndCountsNothingButTheAttempt() {
    queues.enqueue(job("a"));
    var runs =
        new Runs(job -> job.attempt() < 4 ? Outcome.snooze(Duration.ofMillis(5)) : Outcome.done());
    startOne(runs);
    awaitEnded(1);

    assertEquals(
        List.of(
            new Job.Tries(1, 0, 0),
            new Job.Tries(2, 0, 0),
            new Job.Tries(3, 0, 0),
            new Job.Tries(4, 0, 0)),
        runs.jobs().stream().map(Job::tries).toList());
  }

  @Test
  void aSnoozedJobIsScheduledForTheEndOfItsSnooze() {
    var id = queues.enqueue(job("a"));
    var runner = hand();
    var before = Instant.now();
    runner.settle(runner.claimOne(), Outcome.snooze(Duration.ofHours(1)));

    var at = assertInstanceOf(JobState.Scheduled.class, info(id).state()).at();
    var off = Duration.between(before.plus(Duration.ofHours(1)), at);
    assertTrue(off.abs().compareTo(Duration.ofSeconds(5)) < 0, "off by " + off);
    assertEquals(new Counts(0, 1, 0, 0, 0, 0), q().counts());
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void followUpsAreAddedInAnyQueueWithEveryOutcome() {
    var outcomes =
        List.of(
            Outcome.done(),
            Outcome.failed("no"),
            Outcome.canceled(),
            Outcome.retry(Duration.ofHours(1), "later"),
            Outcome.snooze(Duration.ofHours(1)),
            Outcome.postpone(Duration.ofHours(1), "later"));
    var runner = hand();
    for (int i = 0; i < outcomes.size(); i++) {
      queues.enqueue(job("a" + i).group("g" + i));
      var outcome =
          outcomes
              .get(i)
              .then(NewJob.of("next", "t", Payload.of("first" + i)))
              .then(NewJob.of("next2", "t", Payload.of("second" + i)).delay(Duration.ofHours(1)));
      assertTrue(runner.settle(runner.claimOne(), outcome));

      assertEquals(i + 1, queues.queue("next").counts().waiting(), outcome.toString());
      assertEquals(i + 1, queues.queue("next2").counts().scheduled(), outcome.toString());
    }
    assertEquals(
        List.of("first0", "first1", "first2", "first3", "first4", "first5"),
        queues.queue("next").list(Registry.WAITING, 0, 10).stream()
            .map(info -> info.job().payload().text())
            .toList());
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void noFinishedJobIsSeenWithoutItsFollowUp() {
    int total = 200;
    for (int i = 0; i < total; i++) {
      queues.enqueue(job("a"));
    }
    start(
        queues.worker("q").concurrency(4),
        job -> Outcome.done().then(NewJob.of("next", "t", job.payload())));
    var next = queues.queue("next");
    long finished = 0;
    while (finished < total) {
      finished = q().counts().finished();
      long followed = next.counts().waiting();
      assertTrue(followed >= finished, followed + " follow-ups of " + finished + " finished");
    }

    assertEquals(total, next.counts().waiting());
  }

  @Test
  void aFollowUpMayBeForTheSameQueue() {
    queues.enqueue(job("1"));
    var runs =
        new Runs(job ->
            job.payload().text().equals("1") ? Outcome.done().then(job("2")) : Outcome.done());
    startOne(runs);

    assertEquals(List.of("1", "2"), runs.await(2));
  }

  @Test
  void aFollowUpWithTheIdOfAKnownJobIsNotAddedTwice() {
    queues.enqueue(NewJob.of("next", "t", Payload.of("old")).id(new JobId("n")));
    queues.enqueue(job("a"));
    var runner = hand();
    runner.settle(
        runner.claimOne(),
        Outcome.done().then(NewJob.of("next", "t", Payload.of("new")).id(new JobId("n"))));

    assertEquals(1, queues.queue("next").counts().waiting());
  }

  @Test
  void aResultOverTheLimitIsAFailureThatNamesTheLimit() {
    var id = queues.enqueue(job("a"));
    start(
        queues.worker("q").retry(RetryPolicy.never()),
        job -> Outcome.done(Payload.of(new byte[(1 << 20) + 1])));
    awaitEnded(1);

    var reason = assertInstanceOf(JobState.Failed.class, info(id).state()).reason();
    assertTrue(reason.contains("1048576"), reason);
  }
}
