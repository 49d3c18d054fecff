package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Counting, listing, finding, requeuing and deleting.
final class RegistryContractTest extends Contract {
  @Test
  void everyJobIsInExactlyOneRegistry() {
    var ids = oneInEach();

    assertEquals(new Counts(1, 1, 1, 1, 1, 1, 1), q().counts());
    for (var registry : Registry.values()) {
      assertEquals(
          List.of(ids.apply(registry)),
          q().list(registry, 0, 10).stream().map(JobInfo::id).toList(),
          registry.toString());
    }
  }

  @Test
  void aListedJobIsTheOneThatIsFound() {
    oneInEach();
    for (var registry : Registry.values()) {
      var listed = q().list(registry, 0, 10).getFirst();
      assertEquals(listed, info(listed.id()), registry.toString());
    }
  }

  @Test
  void anUnknownJobIsNotFound() {
    assertEquals(Optional.empty(), q().find(new JobId("nobody")));
    assertFalse(q().requeue(new JobId("nobody")));
    assertFalse(q().delete(new JobId("nobody")));
  }

  @Test
  void aQueueThatNeverHadAJobIsEmpty() {
    assertEquals(new Counts(0, 0, 0, 0, 0, 0), queues.queue("none").counts());
    for (var registry : Registry.values()) {
      assertEquals(List.of(), queues.queue("none").list(registry, 0, 10));
    }
  }

  @Test
  void readingChangesNothing() {
    oneInEach();
    var before = new ArrayList<JobInfo>();
    for (var registry : Registry.values()) {
      before.addAll(q().list(registry, 0, 10));
    }
    var keys = new HashSet<>(backend.keys(namespace));
    for (int i = 0; i < 3; i++) {
      var after = new ArrayList<JobInfo>();
      for (var registry : Registry.values()) {
        after.addAll(q().list(registry, 0, 10));
      }
      q().counts();
      q().counts("g");
      assertEquals(before, after);
    }
    assertEquals(keys, new HashSet<>(backend.keys(namespace)));
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void waitingJobsAreListedInTheOrderOfTheirStartsPageByPage() {
    var jobs = new ArrayList<NewJob>();
    for (int i = 0; i < 25; i++) {
      jobs.add(job(Integer.toString(i)));
    }
    queues.enqueueAll(jobs);
    queues.enqueue(job("first").priority(Priority.URGENT));
    var listed = new ArrayList<String>();
    for (int page = 0; page < 4; page++) {
      listed.addAll(
          q().list(Registry.WAITING, page * 7, 7).stream()
              .map(info -> info.job().payload().text())
              .toList());
    }
    var runs = new Runs();
    startOne(runs);

    assertEquals(runs.await(26), listed);
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void waitingJobsOfGroupsAreListedInTheOrderOfTheirTurns() {
    for (var text : List.of("a1", "a2", "a3", "b1", "b2", "c1")) {
      queues.enqueue(job(text).group(text.substring(0, 1)));
    }
    var listed =
        q().list(Registry.WAITING, 0, 10).stream()
            .map(info -> info.job().payload().text())
            .toList();
    var runs = new Runs();
    startOne(runs);

    assertEquals(runs.await(6), listed);
  }

  @Test
  void endedJobsArePagedWithoutGapsAndRepetitions() {
    int total = 57;
    for (int i = 0; i < total; i++) {
      queues.enqueue(job(Integer.toString(i)));
    }
    start(queues.worker("q"), new Runs());
    awaitEnded(total);
    Set<JobId> seen = new HashSet<>();
    for (int offset = 0; offset < total + 10; offset += 10) {
      for (var info : q().list(Registry.FINISHED, offset, 10)) {
        assertTrue(seen.add(info.id()), "listed twice: " + info.id());
      }
    }

    assertEquals(total, seen.size());
    assertEquals(List.of(), q().list(Registry.FINISHED, total, 10));
  }

  @Test
  void anEndedJobIsRequeuedWithFreshBudgetsAndGrowingAttempts() {
    var id = queues.enqueue(job("a"));
    var runner = hand();
    assertTrue(runner.settle(runner.claimOne(), Outcome.retry(Duration.ZERO, "once")));
    assertTrue(runner.settle(runner.claimOne(), Outcome.failed("twice")));
    assertTrue(q().requeue(id));

    var info = info(id);
    assertInstanceOf(JobState.Waiting.class, info.state());
    assertEquals("", info.lastFailure());
    assertEquals(0, info.job().tries().failures());
    assertEquals(new Counts(1, 0, 0, 0, 0, 0), q().counts());
    assertEquals(new Job.Tries(3, 0, 0), runner.claimOne().tries());
  }

  @Test
  void finishedAndCanceledJobsAreRequeuedToo() {
    var ids = oneInEach();
    assertTrue(q().requeue(ids.apply(Registry.FINISHED)));
    assertTrue(q().requeue(ids.apply(Registry.CANCELED)));

    assertEquals(new Counts(3, 1, 1, 0, 1, 0, 1), q().counts());
  }

  @Test
  void aRequeuedJobGoesToTheTailAndWakesAWorker() {
    var id = queues.enqueue(job("again"));
    var runs = new Runs();
    startOne(runs);
    awaitEnded(1);
    assertTrue(q().requeue(id));

    assertEquals(List.of("again", "again"), runs.await(2));
  }

  @Test
  void onlyEndedJobsAreRequeuedOrDeleted() {
    var ids = oneInEach();
    for (var registry : List.of(Registry.WAITING, Registry.SCHEDULED, Registry.RUNNING)) {
      assertFalse(q().requeue(ids.apply(registry)), registry.toString());
      assertFalse(q().delete(ids.apply(registry)), registry.toString());
    }
    assertEquals(new Counts(1, 1, 1, 1, 1, 1, 1), q().counts());
  }

  @Test
  void aDeletedJobIsForgotten() {
    var ids = oneInEach();
    for (var registry : List.of(Registry.FINISHED, Registry.FAILED, Registry.CANCELED)) {
      assertTrue(q().delete(ids.apply(registry)), registry.toString());
      assertFalse(q().delete(ids.apply(registry)), registry.toString());
      assertEquals(Optional.empty(), q().find(ids.apply(registry)));
    }
    assertEquals(new Counts(1, 1, 1, 0, 0, 0, 1), q().counts());
  }

  @Test
  void aJobIsRequeuedOnceByManyWhoTry() {
    var ids = oneInEach();
    var requeued = new AtomicInteger();
    inThreads(
        20,
        i -> {
          if (q().requeue(ids.apply(Registry.FAILED))) {
            requeued.incrementAndGet();
          }
        });

    assertEquals(1, requeued.get());
    assertEquals(2, q().counts().waiting());
  }

  /// Brings one job into each registry.
  private Function<Registry, JobId> oneInEach() {
    var ids = new EnumMap<Registry, JobId>(Registry.class);
    var runner = hand();
    ids.put(Registry.FINISHED, queues.enqueue(job("finished").group("g")));
    runner.settle(runner.claimOne(), Outcome.done(Payload.of("r")));
    ids.put(Registry.FAILED, queues.enqueue(job("failed")));
    runner.settle(runner.claimOne(), Outcome.failed("why"));
    var canceled = queues.enqueue(job("canceled"));
    q().cancel(canceled);
    ids.put(Registry.CANCELED, canceled);
    ids.put(Registry.RUNNING, queues.enqueue(job("running")));
    runner.claimOne();
    ids.put(Registry.WAITING, queues.enqueue(job("waiting")));
    ids.put(Registry.SCHEDULED, queues.enqueue(job("scheduled").delay(Duration.ofHours(1))));
    var scheduled = new JobRef("q", Objects.requireNonNull(ids.get(Registry.SCHEDULED)));
    ids.put(Registry.DEFERRED, queues.enqueue(job("deferred").after(scheduled)));
    return registry -> Objects.requireNonNull(ids.get(registry));
  }
}
