package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Jobs that wait for the end of others.
final class DependencyContractTest extends Contract {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  @WithinPartition(WithinPartition.Why.TOGETHER)
  void aJobRunsWhenAllThatItWaitsForHaveFinished() {
    var first = ref(queues.enqueue(job("first")));
    var second = ref(queues.enqueue(job("second")));
    var id = queues.enqueue(job("last").after(first, second));

    assertEquals(new JobState.Deferred(Set.of(first, second)), info(id).state());
    assertEquals(new Counts(2, 0, 0, 0, 0, 0, 1), q().counts());
    assertEquals(List.of(id), ids(Registry.DEFERRED));
    var hand = hand();
    var jobs = hand.claim(5);
    assertEquals(2, jobs.size());
    hand.settle(jobs.get(0), Outcome.done(Payload.of("1")));
    assertEquals(new JobState.Deferred(Set.of(second)), info(id).state());
    hand.settle(jobs.get(1), Outcome.done(Payload.of("2")));
    assertInstanceOf(JobState.Waiting.class, info(id).state());
    var last = hand.claimOne();
    assertEquals(List.of(first, second), last.after());
    assertEquals(List.of("1", "2"), last.after().stream().map(this::result).toList());
  }

  @Test
  void aJobOfAnotherQueueIsWaitedFor() {
    var other = queues.enqueue(NewJob.of("other", "t", Payload.empty()));
    queues.enqueue(job("a").after(new JobRef("other", other)));
    var runs = new Runs();
    startOne(runs);
    start(queues.worker("other"), job -> Outcome.done());

    assertEquals(List.of("a"), runs.await(1));
  }

  @Test
  void jobsOfOneCallMayWaitForEachOther() {
    var id = queues.newJobId();
    var ids = queues.enqueueAll(List.of(job("1").id(id), job("2").after(ref(id))));
    assertInstanceOf(JobState.Deferred.class, info(ids.get(1)).state());
    var runs = new Runs();
    startOne(runs);
    assertEquals(List.of("1", "2"), runs.await(2));
  }

  @Test
  void aJobThatHasFinishedIsNotWaitedFor() {
    var first = ended(Outcome.done());
    var id = queues.enqueue(job("a").after(first));
    assertInstanceOf(JobState.Waiting.class, info(id).state());
  }

  @Test
  void whenAnotherDoesNotFinishTheJobIsCanceledAndSaysWhy() {
    for (var outcome : List.of(Outcome.failed("x"), Outcome.canceled())) {
      var first = queues.enqueue(job("first"));
      var id = queues.enqueue(job("a").after(ref(first)));
      var next = queues.enqueue(job("b").after(ref(id)));
      var hand = hand();
      hand.settle(hand.claimOne(), outcome);

      assertInstanceOf(JobState.Canceled.class, info(id).state());
      assertTrue(info(id).lastFailure().startsWith("q/" + first + ", on which it depends, ended"));
      assertInstanceOf(JobState.Canceled.class, info(next).state());
      assertEquals(0, q().counts().deferred());
    }
  }

  @Test
  void itIsCanceledAtOnceWhenTheOtherHasNotFinishedOrIsNotKnown() {
    var failed = queues.enqueue(job("a").after(ended(Outcome.failed("x"))));
    var unknown = queues.enqueue(job("a").after(ref(new JobId("nobody"))));

    assertInstanceOf(JobState.Canceled.class, info(failed).state());
    assertInstanceOf(JobState.Canceled.class, info(unknown).state());
    assertEquals("q/nobody, on which it depends, is not known", info(unknown).lastFailure());
  }

  @Test
  @WithinPartition(WithinPartition.Why.TOGETHER)
  void anyEndWillDoForAJobThatRunsOtherwise() {
    var others = List.of(ended(Outcome.failed("x")), ref(new JobId("nobody")));
    var waiting = queues.enqueue(job("first"));
    var id = queues.enqueue(job("a").after(List.of(ref(waiting)), Otherwise.RUN));
    assertInstanceOf(JobState.Deferred.class, info(id).state());
    q().cancel(waiting);
    assertInstanceOf(JobState.Waiting.class, info(id).state());

    var other = queues.enqueue(job("b").after(others, Otherwise.RUN));
    assertInstanceOf(JobState.Waiting.class, info(other).state());
  }

  @Test
  void aJobThatIsKeptRunsWhenTheOtherIsRequeuedAndFinishes() {
    var first = queues.enqueue(job("first"));
    var early = queues.enqueue(job("early").after(List.of(ref(first)), Otherwise.KEEP));
    var hand = hand();
    hand.settle(hand.claimOne(), Outcome.failed("x"));
    var late = queues.enqueue(job("late").after(List.of(ref(first)), Otherwise.KEEP));
    assertInstanceOf(JobState.Deferred.class, info(early).state());
    assertInstanceOf(JobState.Deferred.class, info(late).state());

    assertTrue(q().requeue(first));
    hand.settle(hand.claimOne(), Outcome.done());
    assertInstanceOf(JobState.Waiting.class, info(early).state());
    assertInstanceOf(JobState.Waiting.class, info(late).state());
  }

  @Test
  void aJobThatWaitsForOthersIsCanceled() {
    var first = queues.enqueue(job("first"));
    var id = queues.enqueue(job("a").after(ref(first)));
    var next = queues.enqueue(job("b").after(ref(id)));
    assertEquals(Cancellation.CANCELED, q().cancel(id));

    assertInstanceOf(JobState.Canceled.class, info(id).state());
    assertInstanceOf(JobState.Canceled.class, info(next).state());
    var hand = hand();
    hand.settle(hand.claimOne(), Outcome.done());
    assertEquals(List.of(), hand.claim(1));
  }

  @Test
  void aCanceledOneThatIsRequeuedRunsWithoutWaiting() {
    var first = queues.enqueue(job("first"));
    var id = queues.enqueue(job("a").after(ref(first)));
    q().cancel(id);
    assertTrue(q().requeue(id));

    assertInstanceOf(JobState.Waiting.class, info(id).state());
    var hand = hand();
    hand.settle(hand.claimOne(), Outcome.done());
    assertEquals(id, hand.claimOne().id());
    assertEquals(List.of(), hand.claim(1));
  }

  @Test
  void aRetryIsNotAnEnd() {
    var first = queues.enqueue(job("first"));
    var id = queues.enqueue(job("a").after(ref(first)));
    var hand = hand();
    hand.settle(hand.claimOne(), Outcome.retry(Duration.ZERO, "x"));
    assertInstanceOf(JobState.Deferred.class, info(id).state());
    hand.settle(hand.claimOne(), Outcome.done());
    assertInstanceOf(JobState.Waiting.class, info(id).state());
  }

  @Test
  void aDelayCountsFromTheTimeWhenItWaitsForNoOther() {
    var first = queues.enqueue(job("first"));
    var id = queues.enqueue(job("a").after(ref(first)).delay(HOUR));
    var hand = hand();
    hand.settle(hand.claimOne(), Outcome.done());

    var state = assertInstanceOf(JobState.Scheduled.class, info(id).state());
    var ended = assertInstanceOf(JobState.Finished.class, info(first).state()).at();
    assertTrue(!state.at().isBefore(ended.plus(HOUR)), state + " after " + ended);
  }

  @Test
  @WithinPartition(WithinPartition.Why.TOGETHER)
  void aFollowUpMayWaitForOthers() {
    var first = queues.enqueue(job("first"));
    var second = queues.enqueue(job("second"));
    var hand = hand();
    var jobs = hand.claim(2);
    hand.settle(jobs.get(0), Outcome.done().then(job("a").after(ref(first), ref(second))));
    assertEquals(1, q().counts().deferred());
    hand.settle(jobs.get(1), Outcome.done());
    assertEquals("a", hand.claimOne().payload().text());
  }

  @Test
  void aStaleOutcomeReleasesNobody() {
    var first = queues.enqueue(job("first"));
    queues.enqueue(job("a").after(ref(first)));
    var dead = shortLived();
    var job = dead.claimOne();
    var heir = shortLived();
    Waiting.until("it is reaped", () -> heir.reap() > 0);
    dead.session().register(dead.epoch() + "x");
    assertInstanceOf(
        Session.Reply.Fenced.class, dead.step(List.of(dead.ending(job, Outcome.done())), 0));
    assertEquals(1, q().counts().deferred());
  }

  @Test
  @WithinPartition(WithinPartition.Why.TOGETHER)
  void manyMayWaitForOneAndOneForMany() {
    var first = queues.enqueue(job("first"));
    var many = new ArrayList<NewJob>();
    var ids = new ArrayList<JobRef>();
    for (int i = 0; i < 1_000; i++) {
      var id = new JobId("many-" + i);
      ids.add(ref(id));
      many.add(job("m").id(id).after(ref(first)));
    }
    queues.enqueueAll(many);
    queues.enqueueAll(Collections.nCopies(500, job("n").after(ref(first))));
    queues.enqueue(job("last").after(ids, Otherwise.CANCEL));
    assertEquals(1_501, q().counts().deferred());
    var runs = new Runs();
    start(queues.worker("q").concurrency(100), runs);
    awaitEnded(1_502);

    assertEquals("first", runs.texts().getFirst());
    assertTrue(runs.texts().indexOf("last") > runs.texts().lastIndexOf("m"));
    assertEquals(1_502, q().counts().finished());
    assertThrows(
        IllegalArgumentException.class,
        () -> job("a").after(Collections.nCopies(1_001, ref(first)), Otherwise.CANCEL));
  }

  @Test
  void aDeferredJobExpires() {
    var first = queues.enqueue(job("first").delay(HOUR));
    var id = queues.enqueue(job("a").after(ref(first)).ttl(Duration.ofMillis(20)));
    var next = queues.enqueue(job("b").after(List.of(ref(id)), Otherwise.RUN));
    var runs = new Runs();
    startOne(runs);

    assertEquals(List.of("b"), runs.await(1));
    assertInstanceOf(JobState.Failed.class, info(id).state());
    assertEquals("it waited longer than its ttl", info(id).lastFailure());
    Waiting.until("it is done", () -> info(next).state() instanceof JobState.Finished);
  }

  private JobRef ended(Outcome outcome) {
    var id = queues.enqueue(job("ended"));
    var hand = hand();
    hand.settle(hand.claimOne(), outcome);
    return ref(id);
  }

  private String result(JobRef job) {
    var state = queues.find(job).orElseThrow().state();
    return assertInstanceOf(JobState.Finished.class, state).result().text();
  }

  private List<JobId> ids(Registry registry) {
    return q().list(registry, 0, 100).stream().map(JobInfo::id).toList();
  }

  private static JobRef ref(JobId id) {
    return new JobRef("q", id);
  }
}
