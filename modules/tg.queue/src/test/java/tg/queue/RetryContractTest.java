package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// What happens after a failure.
final class RetryContractTest extends Contract {
  private static final RetryPolicy THREE =
      RetryPolicy.exponential(3, Duration.ofMillis(5), Duration.ofMillis(20));

  @Test
  void aJobWhoseHandlerThrowsRunsAgainUntilItsAttemptsAreUsedUp() {
    var id = queues.enqueue(job("a"));
    var runs = new Runs(RetryContractTest::explode);
    start(queues.worker("q").retry(THREE), runs);
    awaitEnded(1);

    assertEquals(
        List.of(new Job.Tries(1, 0, 0), new Job.Tries(2, 1, 0), new Job.Tries(3, 2, 0)),
        runs.jobs().stream().map(Job::tries).toList());
    var info = info(id);
    var reason = assertInstanceOf(JobState.Failed.class, info.state()).reason();
    assertTrue(reason.contains("boom"), reason);
    assertEquals(reason, info.lastFailure());
    assertEquals(new Job.Tries(3, 3, 0), info.job().tries());
  }

  @Test
  void aFailureIsShownWhileTheJobWaitsForItsNextAttempt() {
    var id = queues.enqueue(job("a"));
    start(
        queues.worker("q").retry((failures, failure) -> Optional.of(Duration.ofHours(1))),
        RetryContractTest::explode);
    Waiting.until("it is scheduled", () -> q().counts().scheduled() == 1);

    var info = info(id);
    assertTrue(info.lastFailure().contains("boom"), info.lastFailure());
    assertEquals(new Job.Tries(1, 1, 0), info.job().tries());
  }

  @Test
  void thePolicyIsAskedWithTheCountAndTheFailure() {
    queues.enqueue(job("a"));
    var asked = new ConcurrentLinkedQueue<String>();
    start(
        queues
            .worker("q")
            .retry((failures, failure) -> {
              asked.add(failures + " " + failure.getMessage());
              return failures < 2 ? Optional.of(Duration.ZERO) : Optional.empty();
            }),
        RetryContractTest::explode);
    awaitEnded(1);

    assertEquals(List.of("1 boom", "2 boom"), List.copyOf(asked));
  }

  @Test
  void withoutRetriesTheFirstFailureIsFinal() {
    queues.enqueue(job("a"));
    var runs = new Runs(RetryContractTest::explode);
    start(queues.worker("q").retry(RetryPolicy.never()), runs);
    awaitEnded(1);

    assertEquals(1, runs.jobs().size());
    assertEquals(1, q().counts().failed());
  }

  @Test
  void anErrorIsAFailureLikeAnException() {
    var id = queues.enqueue(job("a"));
    start(
        queues.worker("q").retry(RetryPolicy.never()),
        job -> {
          throw new StackOverflowError("too deep");
        });
    awaitEnded(1);

    var reason = assertInstanceOf(JobState.Failed.class, info(id).state()).reason();
    assertTrue(reason.contains("too deep"), reason);
  }

  @Test
  void aPolicyThatThrowsMakesTheFailureFinal() {
    var id = queues.enqueue(job("a"));
    start(
        queues
            .worker("q")
            .retry((failures, failure) -> {
              throw new IllegalStateException("no policy");
            }),
        RetryContractTest::explode);
    awaitEnded(1);

    assertInstanceOf(JobState.Failed.class, info(id).state());
  }

  @Test
  void aRetryAskedForCountsAsAFailure() {
    queues.enqueue(job("a"));
    var runs =
        new Runs(job ->
            job.tries().failures() < 2
                ? Outcome.retry(Duration.ofMillis(5), "not yet")
                : Outcome.done());
    startOne(runs);
    awaitEnded(1);

    assertEquals(
        List.of(new Job.Tries(1, 0, 0), new Job.Tries(2, 1, 0), new Job.Tries(3, 2, 0)),
        runs.jobs().stream().map(Job::tries).toList());
  }

  @Test
  void aRetryDoesNotStartBeforeItsDelay() {
    queues.enqueue(job("a"));
    var starts = new ConcurrentLinkedQueue<Instant>();
    startOne(job -> {
      starts.add(Instant.now());
      return job.attempt() == 1 ? Outcome.retry(Duration.ofMillis(300), "x") : Outcome.done();
    });
    awaitEnded(1);

    var between = Duration.between(starts.remove(), starts.remove());
    assertTrue(between.toMillis() >= 299, "after " + between);
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void whenTheRetriesAreUsedUpTheLastWordIsAddedInTheSameStep() {
    var id = queues.enqueue(job("a"));
    start(
        queues
            .worker("q")
            .retry(THREE)
            .onExhausted((job, reason) ->
                List.of(NewJob.of("sorry", "t", Payload.of(job.payload().text() + ": " + reason)))),
        RetryContractTest::explode);
    var sorry = queues.queue("sorry");
    Waiting.until(
        "the job failed",
        () -> {
          boolean failed = q().counts().failed() == 1;
          long words = sorry.counts().waiting();
          assertFalse(failed && words == 0, "failed without its last word");
          return failed;
        });

    var word = sorry.list(Registry.WAITING, 0, 10);
    assertEquals(1, word.size());
    var text = word.getFirst().job().payload().text();
    assertTrue(text.startsWith("a: ") && text.contains("boom"), text);
    assertInstanceOf(JobState.Failed.class, info(id).state());
  }

  @Test
  void aJobThatItsHandlerFailsForGoodHasNoLastWord() {
    queues.enqueue(job("a"));
    start(
        queues
            .worker("q")
            .onExhausted((job, reason) -> List.of(NewJob.of("sorry", "t", Payload.empty()))),
        job -> Outcome.failed("for good"));
    awaitEnded(1);

    assertEquals(0, queues.queue("sorry").counts().waiting());
  }

  @Test
  void aJobWaitingForItsRetryDoesNotHoldUpItsGroup() {
    queues.enqueue(job("1").group("g"));
    queues.enqueue(job("2").group("g"));
    var runs =
        new Runs(job ->
            job.payload().text().equals("1")
                ? Outcome.retry(Duration.ofHours(1), "x")
                : Outcome.done());
    startOne(runs);

    assertEquals(List.of("1", "2"), runs.await(2));
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void eachFailedAttemptHasItsWordAndTheLastOneTwo() {
    queues.enqueue(job("a"));
    start(
        queues
            .worker("q")
            .retry(THREE)
            .onFailure((job, reason) -> List.of(NewJob.of("failure", "t", job.payload())))
            .onExhausted((job, reason) -> List.of(NewJob.of("sorry", "t", job.payload()))),
        RetryContractTest::explode);
    awaitEnded(1);

    assertEquals(3, queues.queue("failure").counts().waiting());
    assertEquals(1, queues.queue("sorry").counts().waiting());
  }

  @Test
  void aFinalFailureIsNotTriedAgain() {
    var id = queues.enqueue(job("a"));
    var runs = new Runs(RetryContractTest::explode);
    var none = Classifier.finalOn(IllegalStateException.class);
    start(queues.worker("q").retry(THREE).classify(none), runs);
    awaitEnded(1);

    assertEquals(1, runs.jobs().size());
    assertInstanceOf(JobState.Failed.class, info(id).state());
  }

  @Test
  void whoSaysWhenToComeBackIsNotAskedBefore() {
    var id = queues.enqueue(job("a"));
    start(
        queues
            .worker("q")
            .retry(THREE)
            .classify(failure -> new Classifier.Judgement.RetryAfter(Duration.ofHours(1))),
        RetryContractTest::explode);
    Waiting.until("it is scheduled", () -> q().counts().scheduled() == 1);

    var state = assertInstanceOf(JobState.Scheduled.class, info(id).state());
    var wait = Duration.between(info(id).job().enqueuedAt(), state.at());
    assertTrue(wait.compareTo(Duration.ofHours(1)) >= 0, "after " + wait);
  }

  @Test
  void aJobBringsItsOwnRetries() {
    queues.enqueue(job("a").retry(Retries.after(Duration.ZERO, Duration.ofMillis(1))));
    queues.enqueue(job("b").retry(Retries.none()));
    queues.enqueue(
        job("c").retry(Retries.exponential(2, Duration.ofMillis(1), Duration.ofMillis(1))));
    var runs = new Runs(RetryContractTest::explode);
    start(queues.worker("q").concurrency(1).retry(RetryPolicy.never()), runs);
    awaitEnded(3);

    assertEquals(List.of("a", "a", "a", "b", "c", "c"), runs.texts().stream().sorted().toList());
  }

  private static Outcome explode(Job job) {
    throw new IllegalStateException("boom");
  }
}
