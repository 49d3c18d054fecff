package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Jobs that take the place of one that still waits.
final class ReplaceContractTest extends Contract {
  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aNewerJobTakesTheIdAndThePlaceOfTheOneThatWaits() {
    var old = queues.enqueue(NewJob.of("q", "old", Payload.of("old")).replacing("k"));
    queues.enqueue(job("other"));
    var replaced = queues.enqueue(NewJob.of("q", "new", Payload.of("new")).replacing("k"));

    assertEquals(old, replaced);
    assertEquals(2, q().counts().waiting());
    var runs = new Runs();
    startOne(runs);
    assertEquals(List.of("new", "other"), runs.await(2));
    assertEquals("new", runs.jobs().getFirst().type());
  }

  @Test
  void aScheduledJobIsReplacedAndStaysScheduled() {
    var old = queues.enqueue(job("old").replacing("k").delay(Duration.ofHours(1)));
    assertEquals(old, queues.enqueue(job("new").replacing("k")));

    assertEquals("new", info(old).job().payload().text());
    assertInstanceOf(JobState.Scheduled.class, info(old).state());
  }

  @Test
  void onceItRunsTheKeyIsFree() {
    var old = queues.enqueue(job("old").replacing("k"));
    var runner = hand();
    var running = runner.claimOne();
    var fresh = queues.enqueue(job("new").replacing("k"));

    assertNotEquals(old, fresh);
    assertEquals("old", info(old).job().payload().text());
    runner.settle(running, Outcome.done());
    assertEquals(fresh, queues.enqueue(job("newer").replacing("k")));
    assertEquals("newer", runner.claimOne().payload().text());
  }

  @Test
  void onceItIsCanceledTheKeyIsFree() {
    var old = queues.enqueue(job("old").replacing("k"));
    q().cancel(old);

    assertNotEquals(old, queues.enqueue(job("new").replacing("k")));
    assertEquals("old", info(old).job().payload().text());
  }

  @Test
  void aJobThatRunsAgainDoesNotTakeItsKeyBack() {
    var old = queues.enqueue(job("old").replacing("k"));
    var runner = hand();
    runner.settle(runner.claimOne(), Outcome.snooze(Duration.ofHours(1)));
    var fresh = queues.enqueue(job("new").replacing("k"));

    assertNotEquals(old, fresh);
    assertEquals("old", info(old).job().payload().text());
  }

  @Test
  void otherKeysAndOtherQueuesAreLeftAlone() {
    queues.enqueue(job("a").replacing("k"));
    queues.enqueue(job("b").replacing("k2"));
    queues.enqueue(NewJob.of("other", "t", Payload.of("c")).replacing("k"));

    assertEquals(2, q().counts().waiting());
    assertEquals(1, queues.queue("other").counts().waiting());
  }

  @Test
  @WithinPartition(WithinPartition.Why.SOON)
  void aFollowUpReplacesToo() {
    var waiting = queues.enqueue(NewJob.of("next", "t", Payload.of("10 %")).replacing("progress"));
    queues.enqueue(job("a"));
    var runner = hand();
    runner.settle(
        runner.claimOne(),
        Outcome.done().then(NewJob.of("next", "t", Payload.of("90 %")).replacing("progress")));

    var next = queues.queue("next");
    assertEquals(1, next.counts().waiting());
    assertEquals("90 %", next.find(waiting).orElseThrow().job().payload().text());
  }

  @Test
  void withinOneBatchTheLastOneStays() {
    var ids = queues.enqueueAll(List.of(job("1").replacing("k"), job("2").replacing("k")));

    assertEquals(ids.getFirst(), ids.getLast());
    assertEquals("2", info(ids.getFirst()).job().payload().text());
    assertEquals(1, q().counts().waiting());
  }

  @Test
  void aHundredThreadsLeaveOneJobOrHaveItRun() {
    var runs = new Runs();
    startOne(runs);
    inThreads(100, i -> queues.enqueue(job(Integer.toString(i)).replacing("k")));
    Waiting.until("all is done", () -> q().counts().waiting() + q().counts().running() == 0);

    assertEquals(q().counts().finished(), runs.jobs().stream().map(Job::id).distinct().count());
    assertEquals(q().counts().finished(), runs.jobs().size());
  }
}
