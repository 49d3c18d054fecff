package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Order, turns, limits and pauses of groups.
final class GroupContractTest extends Contract {
  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void groupsTakeTurnsAndKeepTheirOrder() {
    enqueueEach("a1", "a2", "a3", "a4", "b1", "b2", "c1");
    var runs = new Runs();
    startOne(runs);

    assertEquals(List.of("a1", "b1", "c1", "a2", "b2", "a3", "a4"), runs.await(7));
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void theTurnsGoOnWhereTheClaimBeforeLeftOff() {
    enqueueEach("a1", "a2", "a3", "b1", "b2", "c1");
    var runner = hand();

    assertEquals(List.of("a1", "b1"), texts(runner.claim(2)));
    assertEquals(List.of("c1", "a2"), texts(runner.claim(2)));
    assertEquals(List.of("b2", "a3"), texts(runner.claim(2)));
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aGroupThatComesLaterQueuesUpLast() {
    enqueueEach("a1", "a2", "b1", "b2");
    var runner = hand();
    assertEquals(List.of("a1"), texts(runner.claim(1)));
    enqueueEach("c1");

    assertEquals(List.of("b1", "a2", "c1", "b2"), texts(runner.claim(4)));
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aLongGroupDoesNotHoldUpAShortOne() {
    for (int i = 0; i < 500; i++) {
      queues.enqueue(job("a").group("a"));
    }
    queues.enqueue(job("b").group("b"));
    var runner = hand();

    assertTrue(texts(runner.claim(2)).contains("b"));
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void theJobsWithoutAGroupTakeTheirTurnLikeAGroup() {
    enqueueEach("a1", "a2");
    queues.enqueue(job("x1"));
    queues.enqueue(job("x2"));
    var runner = hand();

    assertEquals(List.of("a1", "x1", "a2", "x2"), texts(runner.claim(4)));
  }

  @Test
  void aHigherPriorityGoesBeforeEveryTurn() {
    enqueueEach("a1", "b1");
    queues.enqueue(job("c1").group("c").priority(Priority.HIGH));
    queues.enqueue(job("c2").group("c").priority(Priority.HIGH));
    var runner = hand();

    assertEquals(List.of("c1", "c2", "a1", "b1"), texts(runner.claim(4)));
  }

  @Test
  void aGroupNeverRunsMoreThanItsLimitOverAllWorkers() {
    var now = new ConcurrentHashMap<String, AtomicInteger>();
    var most = new ConcurrentHashMap<String, Integer>();
    for (int w = 0; w < 2; w++) {
      start(
          another().worker("q").concurrency(8).groupLimit(2),
          job -> {
            var group = job.group().orElseThrow();
            var inside = now.computeIfAbsent(group, name -> new AtomicInteger());
            most.merge(group, inside.incrementAndGet(), Math::max);
            LockSupport.parkNanos(100_000);
            inside.decrementAndGet();
            return Outcome.done();
          });
    }
    for (int i = 0; i < 60; i++) {
      enqueueEach("a" + i, "b" + i, "c" + i);
    }
    awaitEnded(180);

    assertTrue(most.values().stream().allMatch(count -> count <= 2), most.toString());
  }

  @Test
  void aFullGroupWaitsAndTheOthersGoOn() {
    enqueueEach("a1", "a2", "b1");
    var first = hand(1, Duration.ofMinutes(1));
    var second = hand(1, Duration.ofMinutes(1));

    var jobs = first.claim(3);
    assertEquals(List.of("a1", "b1"), texts(jobs));
    assertEquals(List.of(), second.claim(3));

    assertTrue(first.settle(jobs.getFirst(), Outcome.done()));
    assertEquals(List.of("a2"), texts(second.claim(3)));
  }

  @Test
  void withALimitOfOneAGroupRunsInItsOrder() {
    var seen = new ConcurrentHashMap<String, List<String>>();
    for (int i = 0; i < 20; i++) {
      enqueueEach("a" + i, "b" + i, "c" + i);
    }
    for (int w = 0; w < 2; w++) {
      start(
          another().worker("q").concurrency(8).groupLimit(1),
          job -> {
            seen.computeIfAbsent(job.group().orElseThrow(), group -> new ArrayList<>())
                .add(job.payload().text());
            return Outcome.done();
          });
    }
    awaitEnded(60);

    for (var group : List.of("a", "b", "c")) {
      var expected = new ArrayList<String>();
      for (int i = 0; i < 20; i++) {
        expected.add(group + i);
      }
      assertEquals(expected, seen.get(group));
    }
  }

  @Test
  void theLimitIsOnlyForGroups() {
    for (int i = 0; i < 5; i++) {
      queues.enqueue(job("x" + i));
    }
    assertEquals(5, hand(1, Duration.ofMinutes(1)).claim(5).size());
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aDoneJobMayCloseItsGroupForAWhile() {
    enqueueEach("a1", "a2", "b1");
    var starts = new CopyOnWriteArrayList<Instant>();
    var runs =
        new Runs(job -> {
          starts.add(Instant.now());
          return Outcome.done().pausingGroup(Duration.ofMillis(300));
        });
    startOne(runs);
    awaitEnded(3);

    assertEquals(List.of("a1", "b1", "a2"), runs.texts());
    assertAtLeast(299, starts.getFirst(), starts.getLast());
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aPostponedJobStaysTheFirstOfItsGroupWhichIsClosed() {
    enqueueEach("a1", "a2", "b1");
    var starts = new CopyOnWriteArrayList<Instant>();
    var runs =
        new Runs(job -> {
          starts.add(Instant.now());
          return job.payload().text().equals("a1") && job.attempt() == 1
              ? Outcome.postpone(Duration.ofMillis(300), "come back")
              : Outcome.done();
        });
    startOne(runs);
    awaitEnded(3);

    assertEquals(List.of("a1", "b1", "a1", "a2"), runs.texts());
    assertEquals(new Job.Tries(2, 0, 0), runs.jobs().get(2).tries());
    assertAtLeast(299, starts.getFirst(), starts.get(2));
  }

  @Test
  void aPostponedJobShowsWhyAndIsWaiting() {
    enqueueEach("a1");
    var runner = hand();
    var job = runner.claimOne();
    runner.settle(job, Outcome.postpone(Duration.ofHours(1), "flood"));

    var info = info(job.id());
    assertEquals("flood", info.lastFailure());
    assertEquals(new JobState.Waiting(), info.state());
    assertEquals(List.of(), runner.claim(1));
  }

  @Test
  void aPostponedJobWithoutAGroupComesBackAfterItsDelay() {
    queues.enqueue(job("x"));
    var starts = new ConcurrentLinkedQueue<Instant>();
    startOne(job -> {
      starts.add(Instant.now());
      return job.attempt() == 1
          ? Outcome.postpone(Duration.ofMillis(300), "later")
          : Outcome.done();
    });
    awaitEnded(1);

    assertAtLeast(299, starts.remove(), starts.remove());
  }

  @Test
  void aJobEnqueuedIntoAClosedGroupWaitsForItsOpening() {
    enqueueEach("a1");
    var runner = hand();
    var closed = Instant.now();
    runner.settle(runner.claimOne(), Outcome.done().pausingGroup(Duration.ofMillis(300)));
    enqueueEach("a2");
    assertEquals(List.of(), runner.claim(1));
    var runs = new Runs();
    startOne(runs);
    runs.await(1);

    assertTrue(Duration.between(closed, Instant.now()).toMillis() >= 290);
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void theCountsOfAGroupAreItsOwn() {
    enqueueEach("a1", "a2", "a3", "b1");
    queues.enqueue(job("x"));
    var runner = hand();
    assertEquals("a1", runner.claimOne().payload().text());

    assertEquals(new Counts(2, 0, 1, 0, 0, 0), q().counts("a"));
    assertEquals(new Counts(1, 0, 0, 0, 0, 0), q().counts("b"));
    assertEquals(new Counts(0, 0, 0, 0, 0, 0), q().counts("none"));
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aThousandGroupsAreServedFairly() {
    int groups = 1_000;
    for (int batch = 0; batch < 3; batch++) {
      var jobs = new ArrayList<NewJob>();
      for (int g = 0; g < groups; g++) {
        jobs.add(job(Integer.toString(batch)).group("g" + g));
      }
      queues.enqueueAll(jobs);
    }
    var runner = hand(3, Duration.ofMinutes(1));
    Map<String, Integer> served = new HashMap<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 10; i++) {
        var jobs = runner.claim(100);
        assertEquals(100, jobs.size());
        for (var job : jobs) {
          served.merge(job.group().orElseThrow(), 1, Integer::sum);
          assertEquals(Integer.toString(round), job.payload().text());
        }
      }
      int turns = round + 1;
      assertEquals(groups, served.size());
      assertTrue(served.values().stream().allMatch(count -> count == turns), "round " + turns);
    }
  }

  /// Enqueues jobs whose group is their first letter.
  private void enqueueEach(String... texts) {
    for (var text : texts) {
      queues.enqueue(job(text).group(text.substring(0, 1)));
    }
  }

  private static List<String> texts(List<Job> jobs) {
    return jobs.stream().map(job -> job.payload().text()).toList();
  }

  private static void assertAtLeast(long millis, Instant from, Instant to) {
    var between = Duration.between(from, to);
    assertTrue(between.toMillis() >= millis, "only " + between);
  }
}
