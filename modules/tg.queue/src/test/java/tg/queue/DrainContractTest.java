package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How a worker stops.
final class DrainContractTest extends Contract {
  @Test
  void aDrainWaitsForTheRunningJobsAndClaimsNoMore() throws Exception {
    try (var gate = new Gate()) {
      queues.enqueueAll(List.of(job("a"), job("b"), job("c"), job("d")));
      var worker = start(queues.worker("q").concurrency(2), gate);
      gate.awaitStarted(2);
      var ended = new AtomicBoolean();
      var drain = Thread.ofVirtual().start(() -> ended.set(worker.drain(Duration.ofSeconds(20))));
      gate.open();
      drain.join();

      assertTrue(ended.get());
      var counts = q().counts();
      assertEquals(0, counts.running());
      assertEquals(4, counts.waiting() + counts.finished());
      assertEquals(counts.finished(), gate.runs().jobs().size());
      assertEquals(0, gate.interrupted());
      assertEquals(0, worker.running());
    }
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aJobThatOutlastsTheDeadlineIsInterruptedAndGoesBackToTheHead() {
    try (var gate = new Gate()) {
      var ids = queues.enqueueAll(List.of(job("a"), job("b"), job("c")));
      var worker = start(queues.worker("q").concurrency(2), gate);
      gate.awaitStarted(2);
      long from = System.nanoTime();
      assertFalse(worker.drain(Duration.ofMillis(100)));

      assertTrue(System.nanoTime() - from < Duration.ofSeconds(5).toNanos());
      assertEquals(2, gate.interrupted());
      assertEquals(new Counts(3, 0, 0, 0, 0, 0), q().counts());
      assertEquals(ids, q().list(Registry.WAITING, 0, 10).stream().map(JobInfo::id).toList());
      var tries = info(ids.getFirst()).job().tries();
      assertEquals(0, tries.failures());
      assertEquals(0, tries.crashes());
    }
  }

  @Test
  void aJobThatIgnoresTheInterruptIsGivenUpAfterASecond() {
    var release = new AtomicBoolean();
    var started = new CountDownLatch(1);
    var id = queues.enqueue(job("stubborn"));
    var worker =
        start(
            queues.worker("q"),
            job -> {
              started.countDown();
              while (!release.get()) {
                Thread.interrupted();
                Thread.onSpinWait();
              }
              return Outcome.done(Payload.of("too late"));
            });
    Waiting.until("it runs", () -> started.getCount() == 0);
    try {
      long from = System.nanoTime();
      assertFalse(worker.drain(Duration.ofMillis(50)));
      assertTrue(System.nanoTime() - from < Duration.ofSeconds(5).toNanos());
      assertEquals(new JobState.Waiting(), info(id).state());
    } finally {
      release.set(true);
    }
    var runs = new Runs();
    startOne(runs);
    awaitEnded(1);
    assertEquals(List.of("stubborn"), runs.texts());
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void whatADrainReturnsRunsElsewhereAtOnce() {
    try (var gate = new Gate()) {
      for (int i = 0; i < 4; i++) {
        queues.enqueue(job("a" + i));
      }
      var leaving = start(queues.worker("q").concurrency(4), gate);
      gate.awaitStarted(4);
      var runs = new Runs();
      start(another().worker("q").concurrency(1), runs);
      leaving.drain(Duration.ZERO);

      assertEquals(List.of("a0", "a1", "a2", "a3"), runs.await(4));
      assertTrue(runs.jobs().stream().allMatch(job -> job.tries().crashes() == 0));
    }
  }

  @Test
  void anIdleWorkerDrainsAtOnceAndTwiceIsOnce() {
    var worker = startOne(new Runs());
    long from = System.nanoTime();
    assertTrue(worker.drain(Duration.ofSeconds(10)));
    assertTrue(worker.drain(Duration.ofSeconds(10)));
    worker.close();

    assertTrue(System.nanoTime() - from < Duration.ofSeconds(2).toNanos());
  }

  @Test
  void afterADrainNothingIsClaimedAnyMore() {
    var runs = new Runs();
    var worker = startOne(runs);
    worker.drain(Duration.ofSeconds(1));
    queues.enqueue(job("a"));
    var others = new Runs();
    startOne(others);

    assertEquals(List.of("a"), others.await(1));
    assertEquals(List.of(), runs.texts());
  }

  @Test
  void closingAWorkerReturnsItsJobs() {
    try (var gate = new Gate()) {
      queues.enqueue(job("a"));
      var worker = startOne(gate);
      gate.awaitStarted(1);
      worker.close();

      assertEquals(new Counts(1, 0, 0, 0, 0, 0), q().counts());
    }
  }

  @Test
  void noOutcomeIsLostBetweenTheLastJobAndTheEndOfADrain() {
    int rounds = backend instanceof Backend.Memory ? 500 : 20;
    for (int round = 0; round < rounds; round++) {
      var runs = new Runs(job -> Outcome.done());
      var name = "q" + round;
      queues.enqueueAll(
          IntStream.range(0, 4).mapToObj(i -> NewJob.of(name, "t", Payload.empty())).toList());
      var worker = queues.worker(name).concurrency(4).start(runs);
      runs.await(1);
      assertTrue(worker.drain(Duration.ofSeconds(20)));

      assertEquals(runs.jobs().size(), queues.queue(name).counts().finished());
    }
  }
}
