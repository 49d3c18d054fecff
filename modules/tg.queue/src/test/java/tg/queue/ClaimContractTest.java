package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// How workers get their jobs.
final class ClaimContractTest extends Contract {
  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void jobsStartInTheOrderOfTheirEnqueuing() {
    for (int i = 0; i < 20; i++) {
      queues.enqueue(job(Integer.toString(i)));
    }
    var runs = new Runs();
    startOne(runs);

    var expected = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      expected.add(Integer.toString(i));
    }
    assertEquals(expected, runs.await(20));
  }

  @Test
  void aRunningJobIsInvisibleToOthers() {
    try (var gate = new Gate()) {
      var id = queues.enqueue(job("a"));
      var owner = startOne(gate);
      gate.awaitStarted(1);
      var others = new Runs();
      start(another().worker("q"), others);
      queues.enqueue(job("b"));

      assertEquals(List.of("b"), others.await(1));
      var state = assertInstanceOf(JobState.Running.class, info(id).state());
      assertEquals(owner.id(), state.worker());
      assertEquals(1, state.attempt());
      assertEquals(1, owner.running());
    }
  }

  @Test
  void tenThousandJobsThroughThreeWorkersEachRunOnce() {
    int total = 10_000;
    var runsOf = new ConcurrentHashMap<String, LongAdder>();
    for (int w = 0; w < 3; w++) {
      start(
          another().worker("q").concurrency(50),
          job -> {
            runsOf.computeIfAbsent(job.payload().text(), text -> new LongAdder()).increment();
            return Outcome.done();
          });
    }
    for (int from = 0; from < total; from += 500) {
      var batch = new ArrayList<NewJob>();
      for (int i = from; i < from + 500; i++) {
        batch.add(job(Integer.toString(i)));
      }
      queues.enqueueAll(batch);
    }

    awaitEnded(total);
    assertEquals(new Counts(0, 0, 0, total, 0, 0), q().counts());
    assertEquals(total, runsOf.size());
    assertTrue(runsOf.values().stream().allMatch(runs -> runs.sum() == 1), "each exactly once");
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aHigherPriorityAlwaysStartsFirst() {
    for (var priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.URGENT)) {
      queues.enqueue(job(priority + "1").priority(priority));
      queues.enqueue(job(priority + "2").priority(priority));
    }
    var runs = new Runs();
    startOne(runs);

    assertEquals(
        List.of("URGENT1", "URGENT2", "HIGH1", "HIGH2", "NORMAL1", "NORMAL2", "LOW1", "LOW2"),
        runs.await(8));
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aWorkerServesItsFirstQueueFirst() {
    queues.enqueue(NewJob.of("second", "t", Payload.of("s1")));
    queues.enqueue(NewJob.of("first", "t", Payload.of("f1")));
    queues.enqueue(NewJob.of("first", "t", Payload.of("f2")));
    var runs = new Runs();
    start(queues.worker("first", "second").concurrency(1), runs);

    assertEquals(List.of("f1", "f2", "s1"), runs.await(3));
  }

  @Test
  void aWorkerLeavesOtherQueuesAlone() {
    queues.enqueue(NewJob.of("other", "t", Payload.of("x")));
    queues.enqueue(job("a"));
    var runs = new Runs();
    startOne(runs);
    awaitEnded(1);

    assertEquals(List.of("a"), runs.texts());
    assertEquals(1, queues.queue("other").counts().waiting());
  }

  @Test
  void aWorkerRunsAsManyJobsAsItsConcurrencyAndNoMore() {
    try (var gate = new Gate()) {
      for (int i = 0; i < 30; i++) {
        queues.enqueue(job(Integer.toString(i)));
      }
      var worker = start(queues.worker("q").concurrency(7), gate);
      gate.awaitStarted(7);
      assertEquals(7, worker.running());
      gate.open();
      awaitEnded(30);

      assertEquals(7, gate.most());
    }
  }

  @Test
  void anIdleWorkerStartsAJobAtOnce() {
    var runs = new Runs();
    startOne(runs);
    startOne(runs);
    queues.enqueue(job("warm"));
    runs.await(1);
    awaitEnded(1);
    var slowest = Duration.ZERO;
    for (int i = 0; i < 10; i++) {
      long from = System.nanoTime();
      another().enqueue(job("a"));
      int count = i + 2;
      runs.await(count);
      var took = Duration.ofNanos(System.nanoTime() - from);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
      awaitEnded(count);
    }

    assertTrue(slowest.compareTo(Duration.ofMillis(500)) < 0, "slowest start: " + slowest);
  }

  @Test
  void eachJobRunsOnAVirtualThreadOfItsOwn() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    var platform = new AtomicInteger();
    start(
        queues.worker("q"),
        job -> {
          threads.add(Thread.currentThread());
          if (!Thread.currentThread().isVirtual()) {
            platform.incrementAndGet();
          }
          return Outcome.done();
        });
    for (int i = 0; i < 20; i++) {
      queues.enqueue(job("a"));
    }
    awaitEnded(20);

    assertEquals(0, platform.get());
    assertEquals(20, threads.size());
  }

  @Test
  void everyStartHasAnIdOfItsOwn() {
    assertNotEquals(startOne(new Runs()).id(), startOne(new Runs()).id());
  }

  @Test
  void aWorkerFindsTheJobsThatWereThereBeforeItStarted() {
    queues.enqueue(job("a"));
    var runs = new Runs();
    start(another().worker("q"), runs);

    assertEquals(List.of("a"), runs.await(1));
  }

  @Test
  void severalWorkersShareTheWork() {
    try (var first = new Gate();
        var second = new Gate()) {
      for (int i = 0; i < 4; i++) {
        queues.enqueue(job(Integer.toString(i)));
      }
      start(queues.worker("q").concurrency(2), first);
      start(another().worker("q").concurrency(2), second);

      first.awaitStarted(2);
      second.awaitStarted(2);
      assertEquals(new Counts(0, 0, 4, 0, 0, 0), q().counts());
    }
  }
}
