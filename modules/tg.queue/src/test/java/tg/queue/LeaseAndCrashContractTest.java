package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A worker's lease, and what becomes of the jobs of a worker that is heard of no more.
final class LeaseAndCrashContractTest extends Contract {
  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void theJobsOfADeadWorkerRunAgainInOrderBeforeAllOthers() {
    for (int i = 0; i < 6; i++) {
      queues.enqueue(job("old" + i));
    }
    var dead = shortLived();
    assertEquals(4, dead.claim(4).size());
    dead.close();
    long from = System.nanoTime();
    var runs = new Runs();
    start(another().worker("q").concurrency(1).lease(SECOND), runs);
    queues.enqueue(job("new"));
    runs.await(7);
    awaitEnded(7);

    var tail = runs.texts().stream().filter(text -> text.matches("old[0-3]")).toList();
    assertEquals(List.of("old0", "old1", "old2", "old3"), tail);
    assertTrue(System.nanoTime() - from < Duration.ofSeconds(5).toNanos(), "within lease + 4 s");
    for (var job : runs.jobs()) {
      boolean crashed = job.payload().text().matches("old[0-3]");
      assertEquals(
          crashed ? new Job.Tries(2, 0, 1) : new Job.Tries(1, 0, 0),
          job.tries(),
          job.payload().text());
    }
  }

  @Test
  void anIdleWorkerTakesBackTheJobsOfADeadOneWithoutWaitingForItsOwnLease() {
    queues.enqueue(job("a"));
    var dead = shortLived();
    dead.claimOne();
    var runs = new Runs();
    start(queues.worker("q"), runs);

    Waiting.until("the job runs again", () -> runs.jobs().size() == 1);
    assertEquals(new Job.Tries(2, 0, 1), runs.jobs().getFirst().tries());
  }

  @Test
  void reapedJobsGoToTheHeadOfTheirLane() {
    for (int i = 0; i < 4; i++) {
      queues.enqueue(job("a" + i).group("a"));
    }
    var dead = shortLived();
    dead.claim(2);
    var heir = shortLived();
    awaitReaped(heir, 2);

    assertEquals(
        List.of("a0", "a1", "a2", "a3"),
        heir.claim(4).stream().map(job -> job.payload().text()).toList());
  }

  @Test
  void aWorkerThatIsHeardOfInTimeKeepsItsJobs() {
    queues.enqueue(job("a"));
    var alive = shortLived();
    var job = alive.claimOne();
    var other = shortLived();
    long end = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
    Waiting.until(
        "two and a half leases are over",
        () -> {
          assertTrue(alive.session().renew(alive.epoch()).alive());
          assertEquals(0, other.reap());
          return System.nanoTime() > end;
        });

    assertTrue(alive.settle(job, Outcome.done()));
  }

  @Test
  void aRunningWorkerRenewsItsLeaseForAsLongAsItsJobsTake() {
    try (var gate = new Gate()) {
      var id = queues.enqueue(job("a"));
      start(queues.worker("q").lease(SECOND), gate);
      gate.awaitStarted(1);
      var reaper = shortLived();
      long end = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
      Waiting.until(
          "two and a half leases are over",
          () -> {
            assertEquals(0, reaper.reap());
            return System.nanoTime() > end;
          });
      gate.open();
      awaitEnded(1);

      assertEquals(1, info(id).job().attempt());
      assertEquals(0, gate.interrupted());
    }
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aJobThatKilledItsWorkersTooOftenFailsWithItsLastWord() {
    var id = queues.enqueue(job("killer"));
    queues.enqueue(job("innocent"));
    for (int crash = 0; crash < 2; crash++) {
      var dead = shortLived();
      assertEquals("killer", dead.claimOne().payload().text());
      awaitReaped(shortLived(), 1);
    }
    var runs = new Runs();
    start(
        queues
            .worker("q")
            .maxCrashes(2)
            .onExhausted((job, reason) -> List.of(NewJob.of("sorry", "t", Payload.of(reason)))),
        runs);
    awaitEnded(2);

    assertEquals(List.of("innocent"), runs.texts());
    var info = info(id);
    assertFalse(assertInstanceOf(JobState.Failed.class, info.state()).reason().isBlank());
    assertEquals(2, info.job().tries().crashes());
    assertEquals(1, queues.queue("sorry").counts().waiting());
  }

  @Test
  void aJobBelowItsCrashBudgetRunsAgain() {
    queues.enqueue(job("a"));
    shortLived().claimOne();
    awaitReaped(shortLived(), 1);
    var runs = new Runs();
    start(queues.worker("q").maxCrashes(2), runs);

    assertEquals(List.of("a"), runs.await(1));
    assertEquals(new Job.Tries(2, 0, 1), runs.jobs().getFirst().tries());
  }

  @Test
  void aCrashDoesNotCountAsAFailure() {
    queues.enqueue(job("a"));
    shortLived().claimOne();
    awaitReaped(shortLived(), 1);
    var runs =
        new Runs(job -> {
          throw new IllegalStateException("x");
        });
    start(queues.worker("q").retry(RetryPolicy.exponential(2, Duration.ofMillis(1), SECOND)), runs);
    awaitEnded(1);

    assertEquals(2, runs.jobs().size());
  }

  @Test
  void theRenewalSaysThatSomebodyIsOverdue() {
    var dead = shortLived();
    var alive = shortLived();
    assertFalse(alive.session().renew(alive.epoch()).expired());
    Waiting.until("it is noticed", () -> alive.session().renew(alive.epoch()).expired());
    Waiting.until(
        "it is cleared",
        () -> {
          alive.reap();
          return !alive.session().renew(alive.epoch()).expired();
        });
    assertFalse(dead.session().renew(dead.epoch()).alive());
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aWorkerThatResignsGivesBackItsJobsInOrderWithoutACrash() {
    for (int i = 0; i < 4; i++) {
      queues.enqueue(job("a" + i));
    }
    var leaving = hand();
    leaving.claim(3);
    leaving.session().resign(leaving.epoch());

    var jobs = hand().claim(4);
    assertEquals(
        List.of("a0", "a1", "a2", "a3"), jobs.stream().map(job -> job.payload().text()).toList());
    assertEquals(0, jobs.getFirst().tries().crashes());
    assertEquals(2, jobs.getFirst().attempt());
    leaving.session().resign(leaving.epoch());
    assertEquals(4, q().counts().running());
  }

  private static void awaitReaped(Hand reaper, int jobs) {
    var sum = new int[1];
    Waiting.until(
        jobs + " jobs are taken back",
        () -> {
          sum[0] += reaper.reap();
          return sum[0] >= jobs;
        });
    assertEquals(jobs, sum[0]);
  }
}
