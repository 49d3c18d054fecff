package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Limits, rates, weights, quotas and ageing of queues and groups.
final class RuleContractTest extends Contract {
  private static final QueueLimits SLOW =
      QueueLimits.NONE.rate(Rate.of(10, Duration.ofMinutes(1)).burst(3));

  /// Over several partitions a queue has no rate.
  private boolean spread() {
    return backend.partitions() > 1;
  }

  @Test
  void rulesAreReadAsTheyWereSet() {
    var each = GroupLimits.NONE.running(4).waiting(100).rate(Rate.of(20, Duration.ofMinutes(1)));
    var ageing = QueueLimits.NONE.ageing(Duration.ofMinutes(5)).eachGroup(each);
    var limits = spread() ? ageing : ageing.rate(Rate.of(30, SECOND).burst(30));
    q().limit(limits);
    q().limit("vip", GroupLimits.NONE.weight(3));
    q().limit("c:*", GroupLimits.NONE);

    assertEquals(limits, another().queue("q").limits());
    assertEquals(
        Map.of("vip", GroupLimits.NONE.weight(3), "c:*", GroupLimits.NONE), q().groupLimits());

    q().limit(QueueLimits.NONE);
    q().unlimit("vip");
    q().unlimit("c:*");
    assertEquals(QueueLimits.NONE, q().limits());
    assertEquals(Map.of(), q().groupLimits());
    assertEquals(
        List.of(), backend.keys(namespace).stream().filter(key -> key.endsWith("/conf")).toList());
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aLimitOfRunningJobsHoldsForEachGroup() {
    q().limit(QueueLimits.NONE.eachGroup(GroupLimits.NONE.running(1)));
    enqueueEach("a1", "a2", "b1");
    queues.enqueue(job("x1"));
    queues.enqueue(job("x2"));
    var runner = hand();
    var jobs = runner.claim(9);

    assertEquals(List.of("a1", "b1", "x1", "x2"), texts(jobs).stream().sorted().toList());
    runner.settle(jobs.getFirst(), Outcome.done());
    assertEquals(List.of("a2"), texts(runner.claim(9)));
  }

  @Test
  void theLongestBeginningOfANameCountsAndTheNameItselfMost() {
    q().limit("c:*", GroupLimits.NONE.running(1));
    q().limit("c:vip*", GroupLimits.NONE.running(2));
    q().limit("c:vip7", GroupLimits.NONE.running(3));
    for (var group : List.of("c:1", "c:vip1", "c:vip7", "d")) {
      for (int i = 0; i < 4; i++) {
        queues.enqueue(job(group).group(group));
      }
    }
    var counts = counted(hand().claim(100));

    assertEquals(Map.of("c:1", 1L, "c:vip1", 2L, "c:vip7", 3L, "d", 4L), counts);
  }

  @Test
  void aHigherLimitHoldsFromTheNextClaimOn() {
    q().limit("a", GroupLimits.NONE.running(1));
    enqueueEach("a1", "a2");
    var runner = hand();
    assertEquals(List.of("a1"), texts(runner.claim(2)));
    assertEquals(List.of(), texts(runner.claim(2)));

    q().limit("a", GroupLimits.NONE.running(2));
    assertEquals(List.of("a2"), texts(runner.claim(2)));
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void weightsShareTheTurns() {
    q().limit("a", GroupLimits.NONE.weight(3));
    for (int i = 0; i < 60; i++) {
      enqueueEach("a" + i, "b" + i);
    }
    var runner = hand();
    for (int want : List.of(1, 1, 1, 1, 3, 5, 2, 8, 2, 16)) {
      assertEquals(want, runner.claim(want).size());
    }

    assertEquals(new Counts(60 - 30, 0, 30, 0, 0, 0), q().counts("a"));
    assertEquals(new Counts(60 - 10, 0, 10, 0, 0, 0), q().counts("b"));
  }

  @Test
  void aQueueStartsNoMoreThanItsRate() {
    if (spread()) {
      assertThrows(QueueException.Apart.class, () -> q().limit(SLOW));
      return;
    }
    q().limit(SLOW);
    for (int i = 0; i < 5; i++) {
      queues.enqueue(job("x" + i));
    }
    var runner = hand();
    var reply = Hand.applied(runner.step(List.of(), 5));

    assertEquals(List.of("x0", "x1", "x2"), texts(reply.jobs()));
    var due = reply.hints().due();
    assertNotNull(due);
    assertTrue(due.toMillis() <= 6_001, due.toString());
    assertEquals(List.of(), runner.claim(5));
  }

  @Test
  void workersKeepTheRateWithoutBlocking() {
    if (spread()) {
      assertThrows(QueueException.Apart.class, () -> q().limit(SLOW));
      return;
    }
    q().limit(QueueLimits.NONE.rate(Rate.of(20, SECOND)));
    var starts = new ConcurrentLinkedQueue<Instant>();
    for (int w = 0; w < 2; w++) {
      start(
          another().worker("q").concurrency(4),
          job -> {
            starts.add(Instant.now());
            return Outcome.done();
          });
    }
    var before = Instant.now();
    for (int i = 0; i < 8; i++) {
      queues.enqueue(job("x"));
    }
    awaitEnded(8);
    var took = Duration.between(before, starts.stream().max(Instant::compareTo).get());

    assertTrue(took.toMillis() >= 345, "7 tokens in only " + took);
  }

  @Test
  void aGroupStartsNoMoreThanItsRateAndTheOthersGoOn() {
    q().limit(
            QueueLimits.NONE.eachGroup(GroupLimits.NONE.rate(Rate.of(1, Duration.ofMillis(300)))));
    enqueueEach("a1", "a2", "b1");
    var before = Instant.now();
    var runner = hand();
    assertEquals(List.of("a1", "b1"), texts(runner.claim(3)));
    assertEquals(List.of(), runner.claim(3));
    assertTrue(q().closedUntil("a").isPresent());
    Waiting.until("the group may start again", () -> texts(runner.claim(3)).equals(List.of("a2")));

    assertTrue(Duration.between(before, Instant.now()).toMillis() >= 299);
  }

  @Test
  @WithinPartition(WithinPartition.Why.TOGETHER)
  void anEnqueueOverTheQuotaOfAGroupIsRefusedAsAWhole() {
    q().limit("a", GroupLimits.NONE.waiting(2));
    enqueueEach("a1", "a2");
    var jobs = List.of(job("b1").group("b"), job("a3").group("a"));
    var refusal = assertThrows(QueueException.QuotaReached.class, () -> queues.enqueueAll(jobs));

    assertEquals("a", refusal.group());
    assertEquals(2, refusal.limit());
    assertEquals(2, q().counts().waiting());
    assertThrows(
        QueueException.QuotaReached.class,
        () -> queues.enqueueOnce("k", Duration.ofMinutes(1), jobs));
    assertEquals(1, hand().claim(1).size());
    var admitted = queues.enqueueOnce("k", Duration.ofMinutes(1), jobs);
    assertEquals(2, ((Admission.Accepted) admitted).ids().size());
  }

  @Test
  void whatIsScheduledOrComesBackIsNotRefused() {
    q().limit("a", GroupLimits.NONE.waiting(1));
    enqueueEach("a1");
    queues.enqueue(job("a2").group("a").delay(Duration.ofHours(1)));
    var runner = hand();
    var first = runner.claimOne();
    enqueueEach("a3");
    runner.settle(first, Outcome.retry(Duration.ZERO, "again"));

    assertEquals(2, q().counts("a").waiting());
    assertThrows(QueueException.QuotaReached.class, () -> enqueueEach("a4"));
  }

  @Test
  void manyThreadsCannotGoOverAQuotaTogether() {
    q().limit(QueueLimits.NONE.eachGroup(GroupLimits.NONE.waiting(10)));
    inThreads(
        40,
        i -> {
          try {
            queues.enqueue(job("a").group("a"));
          } catch (QueueException.QuotaReached e) {
            assertEquals(10, e.limit());
          }
        });

    assertEquals(10, q().counts("a").waiting());
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void withAgeingALowJobThatHasWaitedGoesBeforeUrgentOnes() {
    q().limit(QueueLimits.NONE.ageing(Duration.ofMillis(50)));
    queues.enqueue(job("low").priority(Priority.LOW));
    var runner = hand();
    var old = Instant.now().plusMillis(60);
    Waiting.until("the job is old", () -> Instant.now().isAfter(old));
    for (int i = 0; i < 10; i++) {
      queues.enqueue(job("u" + i).priority(Priority.URGENT));
    }

    assertEquals(List.of("low", "u0", "u1", "u2"), texts(runner.claim(4)));
    assertEquals(List.of("u3"), texts(runner.claim(1)));
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void agedJobsTakeHalfAtMost() {
    q().limit(QueueLimits.NONE.ageing(Duration.ofMillis(1)));
    for (int i = 0; i < 10; i++) {
      queues.enqueue(job("l" + i).priority(Priority.LOW));
      queues.enqueue(job("u" + i).priority(Priority.URGENT));
    }
    var old = Instant.now().plusMillis(5);
    Waiting.until("the jobs are old", () -> Instant.now().isAfter(old));
    var runner = hand();

    assertEquals(List.of("l0", "l1", "u0", "u1"), texts(runner.claim(4)));
    var single = Stream.generate(() -> runner.claimOne().payload().text()).limit(4).toList();
    assertEquals(2, single.stream().filter(text -> text.startsWith("l")).count(), single::toString);
  }

  @Test
  void ratesAreCheckedWhenTheyAreMade() {
    assertThrows(IllegalArgumentException.class, () -> Rate.of(0, SECOND));
    assertThrows(IllegalArgumentException.class, () -> Rate.of(1, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> GroupLimits.NONE.weight(0));
    assertThrows(IllegalArgumentException.class, () -> q().limit("a b", GroupLimits.NONE));
    assertEquals(Optional.empty(), QueueLimits.NONE.rate());
  }

  private void enqueueEach(String... texts) {
    for (var text : texts) {
      queues.enqueue(job(text).group(text.substring(0, 1)));
    }
  }

  private static List<String> texts(List<Job> jobs) {
    return jobs.stream().map(job -> job.payload().text()).toList();
  }

  private static Map<String, Long> counted(List<Job> jobs) {
    return jobs.stream()
        .collect(Collectors.groupingBy(job -> job.group().orElseThrow(), Collectors.counting()));
  }
}
