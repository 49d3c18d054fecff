package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Only the attempt that owns a job changes it, and each step happens once.
final class FencingContractTest extends Contract {
  private static final NewJob FOLLOW_UP = NewJob.of("next", "t", Payload.empty());

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void anOutcomeIsRecordedOnce() {
    var id = queues.enqueue(job("a"));
    var runner = hand();
    var job = runner.claimOne();
    assertTrue(runner.settle(job, Outcome.done(Payload.of("1")).then(FOLLOW_UP)));
    assertFalse(runner.settle(job, Outcome.done(Payload.of("2")).then(FOLLOW_UP)));

    assertEquals("1", assertInstanceOf(JobState.Finished.class, info(id).state()).result().text());
    assertEquals(1, queues.queue("next").counts().waiting());
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void aStaleOutcomeOfAnEarlierAttemptChangesNothingAndAddsNoFollowUps() {
    var id = queues.enqueue(job("a"));
    var runner = hand();
    var first = runner.claimOne();
    assertTrue(runner.settle(first, Outcome.snooze(Duration.ZERO)));
    var second = runner.claimOne();

    assertFalse(runner.settle(first, Outcome.done().then(FOLLOW_UP)));
    var running = assertInstanceOf(JobState.Running.class, info(id).state());
    assertEquals(2, running.attempt());
    assertEquals(0, queues.queue("next").counts().waiting());
    assertTrue(runner.settle(second, Outcome.done().then(FOLLOW_UP)));
    assertEquals(1, queues.queue("next").counts().waiting());
  }

  @Test
  void aWorkerCannotSettleTheJobOfAnother() {
    var id = queues.enqueue(job("a"));
    var owner = hand();
    var thief = hand();
    var job = owner.claimOne();

    assertFalse(thief.settle(job, Outcome.done().then(FOLLOW_UP)));
    assertInstanceOf(JobState.Running.class, info(id).state());
    assertEquals(0, queues.queue("next").counts().waiting());
    assertTrue(owner.settle(job, Outcome.done()));
  }

  @Test
  void aWorkerThatWasTakenForDeadIsFencedWholly() {
    queues.enqueue(job("a"));
    queues.enqueue(job("b"));
    var late = shortLived();
    var job = late.claimOne();
    var heir = shortLived();
    Waiting.until("it is reaped", () -> heir.reap() == 1);
    var again = heir.claimOne();
    assertEquals(job.id(), again.id());
    assertTrue(again.attempt() > job.attempt(), "the fencing token grew");

    assertEquals(
        new Session.Reply.Fenced(),
        late.step(List.of(late.ending(job, Outcome.done().then(FOLLOW_UP))), 1));
    assertFalse(late.session().renew(late.epoch()).alive());
    assertEquals(new Counts(1, 0, 1, 0, 0, 0), q().counts());
    assertEquals(0, queues.queue("next").counts().waiting());
    assertTrue(heir.settle(again, Outcome.done()));
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void amongSeveralOutcomesOnlyTheStaleOnesAreRefused() {
    for (int i = 0; i < 3; i++) {
      queues.enqueue(job("a" + i));
    }
    var runner = hand();
    var jobs = runner.claim(3);
    assertTrue(runner.settle(jobs.get(1), Outcome.done()));

    var stale =
        runner.settle(
            jobs.stream().map(job -> runner.ending(job, Outcome.done().then(FOLLOW_UP))).toList());
    assertEquals(Set.of(1), stale);
    assertEquals(new Counts(0, 0, 0, 3, 0, 0), q().counts());
    assertEquals(2, queues.queue("next").counts().waiting());
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aRepeatedStepChangesNothingAndGivesTheSameAnswer() {
    for (int i = 0; i < 5; i++) {
      queues.enqueue(job("a" + i));
    }
    var runner = hand();
    var first = runner.claim(2);
    var settlements =
        List.of(
            runner.ending(first.getFirst(), Outcome.done().then(FOLLOW_UP)),
            runner.ending(first.getLast(), Outcome.snooze(Duration.ZERO).then(FOLLOW_UP)));
    var answer = Hand.applied(runner.step(settlements, 2));
    for (int i = 0; i < 3; i++) {
      var repeated = Hand.applied(runner.repeat(settlements, 2));
      assertEquals(answer.jobs(), repeated.jobs());
      assertEquals(answer.stale(), repeated.stale());
    }

    assertEquals(2, answer.jobs().size());
    assertEquals(Set.of(), answer.stale());
    assertEquals(new Counts(2, 0, 2, 1, 0, 0), q().counts());
    assertEquals(2, queues.queue("next").counts().waiting());
  }

  @Test
  void aRepeatedStepRemembersWhatWasStale() {
    queues.enqueue(job("a"));
    var runner = hand();
    var job = runner.claimOne();
    assertTrue(runner.settle(job, Outcome.done()));
    var again = List.of(runner.ending(job, Outcome.done()));

    assertEquals(Set.of(0), Hand.applied(runner.step(again, 0)).stale());
    assertEquals(Set.of(0), Hand.applied(runner.repeat(again, 0)).stale());
  }

  @Test
  void anAttemptThatWasGivenBackUnstartedIsCountedOnce() {
    queues.enqueue(job("a"));
    var runner = hand();
    runner.giveBack(runner.claim(1), false);
    var again = runner.claimOne();
    assertEquals(new Job.Tries(1, 0, 0), again.tries());
    runner.giveBack(List.of(again), true);

    assertEquals(new Job.Tries(2, 0, 0), runner.claimOne().tries());
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void jobsGivenBackAreFirstAgainInTheirOrder() {
    for (int i = 0; i < 5; i++) {
      queues.enqueue(job("a" + i));
    }
    var runner = hand();
    runner.giveBack(runner.claim(3), false);

    assertEquals(
        List.of("a0", "a1", "a2", "a3", "a4"),
        runner.claim(5).stream().map(job -> job.payload().text()).toList());
  }

  @Test
  void registeringTwiceIsRegisteringOnce() {
    queues.enqueue(job("a"));
    var runner = hand();
    var job = runner.claimOne();
    runner.session().register(runner.epoch());

    assertTrue(runner.settle(job, Outcome.done()));
  }
}
