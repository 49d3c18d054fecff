package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who works, and what for how long.
final class CrewContractTest extends Contract {
  @Test
  void aWorkerIsListedWithWhereItRunsAndWhatItDoes() {
    for (var text : List.of("good", "bad", "hangs")) {
      queues.enqueue(job(text));
    }
    try (var gate = new Gate()) {
      var worker =
          start(
              queues.worker("q", "r").concurrency(3).lease(SECOND).retry(RetryPolicy.never()),
              job ->
                  switch (job.payload().text()) {
                    case "good" -> Outcome.done();
                    case "bad" -> throw new IllegalStateException("bad");
                    default -> gate.handle(job);
                  });
      Waiting.until(
          "it said what it did",
          () ->
              another()
                  .workers()
                  .find(worker.id())
                  .map(WorkerInfo::load)
                  .filter(load -> load.done() == 1 && load.failed() == 1 && load.perSecond() > 0)
                  .isPresent());

      var info = another().workers().find(worker.id()).orElseThrow();
      assertEquals(List.of("q", "r"), info.queues());
      assertEquals(3, info.concurrency());
      assertEquals(1, info.load().running());
      assertEquals(ProcessHandle.current().pid(), info.place().pid());
      assertFalse(info.place().host().isEmpty());
      assertTrue(info.place().since().isAfter(Instant.now().minus(Duration.ofMinutes(5))));
    }
  }

  @Test
  void aWorkerIsDrainedFromAnywhere() {
    var worker = start(queues.worker("q").lease(SECOND), job -> Outcome.done());
    Waiting.until("it is known", () -> another().workers().list().size() == 1);
    assertTrue(another().workers().drain(worker.id(), SECOND));

    Waiting.until("it has drained", () -> another().workers().list().isEmpty());
    queues.enqueue(job("nobody takes it"));
    assertEquals(1, q().counts().waiting());
    assertFalse(another().workers().drain(worker.id(), SECOND));
  }

  @Test
  void aPausedWorkerStartsNothingAndFinishesWhatItRuns() {
    try (var gate = new Gate()) {
      var paused = start(queues.worker("q").concurrency(2).lease(SECOND), gate);
      var running = queues.enqueue(job("running"));
      gate.awaitStarted(1);
      Waiting.until("it is known", () -> another().workers().find(paused.id()).isPresent());
      assertTrue(another().workers().pause(paused.id()));
      queues.enqueue(job("waits"));
      gate.open();
      Waiting.until("it has ended", () -> info(running).state().ended());

      assertEquals(1, q().counts().waiting());
      assertEquals(
          Optional.of(Instant.MAX),
          another().workers().find(paused.id()).flatMap(WorkerInfo::pausedUntil));
      assertTrue(another().workers().resume(paused.id()));
      awaitEnded(2);
    }
  }

  @Test
  void othersTakeWhatAPausedWorkerLeaves() {
    var paused = start(queues.worker("q").concurrency(1), job -> Outcome.failed("not me"));
    var other = start(queues.worker("q").concurrency(1), job -> Outcome.done());
    assertTrue(another().workers().pause(paused.id()));
    for (int i = 0; i < 20; i++) {
      queues.enqueue(job("a"));
    }
    awaitEnded(20);

    assertEquals(20, q().counts().finished());
    assertFalse(another().workers().pause(other.id() + "x"));
  }

  @Test
  void thePauseOfAWorkerEndsWithItsTime() {
    var hand = hand();
    var worker = hand.epoch().substring(0, hand.epoch().lastIndexOf('.'));
    queues.enqueue(job("a"));
    assertTrue(queues.workers().pause(worker, SECOND));
    var reply = Hand.applied(hand.step(List.of(), 1));

    assertEquals(List.of(), reply.jobs());
    assertFalse(reply.hints().more());
    assertTrue(reply.hints().are(Session.News.PAUSED));
    assertTrue(Objects.requireNonNull(reply.hints().due()).compareTo(SECOND) <= 0);
    Waiting.until("it claims again", () -> !hand.claim(1).isEmpty());
  }

  @Test
  void thePauseOfAWorkerOutlivesItsEpoch() {
    var hand = hand();
    var worker = hand.epoch().substring(0, hand.epoch().lastIndexOf('.'));
    assertTrue(queues.workers().pause(worker));
    hand.session().resign(hand.epoch());
    queues.enqueue(job("a"));
    hand.session().register(worker + ".2");
    var reply = Hand.applied(hand.session().next(new Session.Step(worker + ".2", 1, List.of(), 1)));

    assertEquals(List.of(), reply.jobs());
    assertTrue(queues.workers().resume(worker));
    reply = Hand.applied(hand.session().next(new Session.Step(worker + ".2", 2, List.of(), 1)));
    assertEquals(1, reply.jobs().size());
  }

  @Test
  void aDeadWorkerIsGoneWhenItsLeaseIsOver() {
    var dead = shortLived();
    assertEquals(Optional.empty(), report(dead));
    assertEquals(1, queues.workers().list().size());

    Waiting.until("it is gone", () -> queues.workers().list().isEmpty());
  }

  @Test
  void whatIsSaidOfAnEndedEpochIsNotKept() {
    var hand = hand();
    hand.session().resign(hand.epoch());
    report(hand);

    assertEquals(List.of(), queues.workers().list());
    Waiting.until(
        "nothing is kept",
        () -> backend.keys(namespace).stream().noneMatch(key -> key.contains(hand.epoch())));
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void jobsThatRunForLongAreFoundTheLongestFirst() {
    var ids = List.of(queues.enqueue(job("a")), queues.enqueue(job("b")));
    var hand = hand();
    hand.claimOne();
    Waiting.until("it is older", () -> q().runningFor(Duration.ofMillis(50), 10).size() == 1);
    hand.claimOne();

    assertEquals(ids, q().runningFor(Duration.ZERO, 10).stream().map(JobInfo::id).toList());
    assertEquals(
        ids.subList(0, 1), q().runningFor(Duration.ZERO, 1).stream().map(JobInfo::id).toList());
    assertEquals(List.of(), q().runningFor(Duration.ofHours(1), 10));
  }

  private Optional<Duration> report(Hand hand) {
    return queues.store().parts().crew().report(hand.epoch(), "host=h&queues=q");
  }
}
