package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Selecting, and canceling, requeuing and deleting what is selected.
final class BulkContractTest extends Contract {
  private static final Selection WAITING = Selection.in(Registry.WAITING);

  @Test
  void allThatWaitsIsCanceledAndNothingElse() {
    add(700, "mail", "a");
    add(50, "mail", "b");
    queues.enqueue(job("later").delay(Duration.ofHours(1)));
    var running = hand().claimOne();

    assertEquals(749, q().cancelAll(WAITING));
    assertEquals(new Counts(0, 1, 1, 0, 0, 749), q().counts());
    assertInstanceOf(JobState.Running.class, info(running.id()).state());
    assertEquals(List.of(), hand().claim(10));
    assertTrue(q().verify().clean());
  }

  @Test
  void onlyJobsOfTheGroupAndTheTypeAreCanceled() {
    add(30, "mail", "a");
    add(30, "call", "a");
    add(30, "mail", "b");

    assertEquals(30, q().cancelAll(WAITING.type("mail").group("a")));
    assertEquals(30, q().counts("a").waiting());
    assertEquals(30, q().counts("b").waiting());
    assertEquals(30, q().count(WAITING.type("call")));
    assertEquals(0, q().cancelAll(WAITING.group("nobody")));
  }

  @Test
  void whatRunsIsAskedToStop() {
    add(40, "mail", "a");
    var hand = hand();
    hand.claim(40);

    assertEquals(40, q().cancelAll(Selection.in(Registry.RUNNING)));
    assertEquals(
        40, Hand.applied(hand.step(List.of(), 0)).hints().canceled().size(), "requests to cancel");
  }

  @Test
  void scheduledAndDeferredJobsAreCanceledByTheirTimes() {
    var first = queues.enqueue(job("soon").delay(Duration.ofHours(1)));
    queues.enqueue(job("late").delay(Duration.ofDays(2)));
    queues.enqueue(job("after").after(List.of(new JobRef("q", first)), Otherwise.KEEP));
    var scheduled = Selection.in(Registry.SCHEDULED);

    assertEquals(1, q().cancelAll(scheduled.since(Instant.now().plus(Duration.ofDays(1)))));
    assertEquals(new Counts(0, 1, 0, 0, 0, 1, 1), q().counts());
    assertEquals(2, q().cancelAll(Selection.in(Registry.SCHEDULED, Registry.DEFERRED)));
    assertEquals(new Counts(0, 0, 0, 0, 0, 3, 0), q().counts());
  }

  @Test
  void jobsThatDependOnWhatIsCanceledAreCanceledToo() {
    var ids = add(60, "mail", "a");
    ids.forEach(id -> queues.enqueue(job("after").after(new JobRef("q", id))));

    assertEquals(60, q().cancelAll(WAITING));
    awaitEnded(120);
    assertEquals(new Counts(0, 0, 0, 0, 0, 120), q().counts());
  }

  @Test
  void failedJobsAreRequeuedOnceWithFreshBudgets() {
    fail(add(300, "mail", "a"));
    fail(add(20, "call", "a"));

    assertEquals(300, q().requeueAll(Selection.in(Registry.FAILED).type("mail")));
    assertEquals(new Counts(300, 0, 0, 0, 20, 0), q().counts());
    var jobs = hand().claim(1_000);
    assertEquals(300, jobs.stream().map(Job::id).distinct().count());
    assertTrue(jobs.stream().allMatch(job -> job.tries().failures() == 0 && job.attempt() == 2));
    assertTrue(q().verify().clean());
  }

  @Test
  void whatIsCanceledAndRequeuedAgainAndAgainRunsOnce() {
    var ids = add(700, "mail", "a");
    q().cancelAll(WAITING);
    q().requeueAll(Selection.of(ids.subList(0, 20)));
    q().cancelAll(WAITING);
    q().requeueAll(Selection.of(ids.subList(10, 30)));

    assertEquals(20, q().counts().waiting());
    assertEquals(20, q().counts("a").waiting());
    assertEquals(20, q().list(Registry.WAITING, 0, 100).size());
    assertTrue(q().verify().clean(), () -> q().verify().toString());
    var claimed = new ArrayList<JobId>();
    var hand = hand();
    Waiting.until(
        "all are claimed",
        () -> {
          hand.claim(7).forEach(job -> claimed.add(job.id()));
          return claimed.size() >= 20;
        });
    assertEquals(new HashSet<>(ids.subList(10, 30)), new HashSet<>(claimed));
    assertEquals(20, claimed.size());
    assertEquals(List.of(), hand.claim(10));
  }

  @Test
  void aClaimPassesOverManyCanceledJobsInSeveralSteps() {
    add(3_000, "mail", "a");
    q().cancelAll(WAITING);
    queues.enqueue(job("alive").group("a"));
    queues.enqueue(job("other").group("b"));
    var runs = new Runs();
    startOne(runs);

    assertEquals(Set.of("alive", "other"), Set.copyOf(runs.await(2)));
  }

  @Test
  void aGroupsQuotaDoesNotCountCanceledJobs() {
    q().limit("a", GroupLimits.NONE.waiting(700));
    add(700, "mail", "a");
    q().cancelAll(WAITING.group("a"));

    assertEquals(700, add(700, "mail", "a").size());
  }

  @Test
  void endedJobsOfAnAgeAreDeleted() {
    fail(add(50, "mail", "a"));
    var ended = Selection.in(Registry.FAILED, Registry.FINISHED, Registry.CANCELED);

    assertEquals(0, q().deleteAll(ended.olderThan(Duration.ofHours(1))));
    assertEquals(0, q().deleteAll(ended.before(Instant.now().minusSeconds(3_600))));
    assertEquals(50, q().deleteAll(ended.olderThan(Duration.ZERO)));
    assertEquals(new Counts(0, 0, 0, 0, 0, 0), q().counts());
  }

  @Test
  void jobsAreChosenByTheirIds() {
    var ids = add(250, "mail", "a");
    fail(ids.subList(0, 100));
    var chosen = new ArrayList<>(ids.subList(50, 250));
    chosen.add(new JobId("nobody"));
    var which = Selection.of(chosen);

    assertEquals(200, q().count(which));
    assertEquals(
        new HashSet<>(ids.subList(50, 250)),
        q().page(which, "", 1_000).jobs().stream().map(JobInfo::id).collect(Collectors.toSet()));
    assertEquals(50, q().requeueAll(which));
    assertEquals(200, q().cancelAll(which));
    assertEquals(200, q().deleteAll(which));
    assertEquals(new Counts(0, 0, 0, 0, 50, 0), q().counts());
  }

  @Test
  void pagesHaveEveryJobThatFitsAndNoOther() {
    var ids = add(400, "mail", "a");
    add(400, "mail", "b");
    fail(add(150, "mail", "c"));

    assertEquals(new HashSet<>(ids), through(WAITING.group("a")));
    assertEquals(150, through(Selection.in(Registry.FAILED)).size());
    assertEquals(800, q().count(WAITING));
    assertEquals(
        950, q().count(Selection.in(Registry.WAITING, Registry.FAILED, Registry.CANCELED)));
  }

  @Test
  void aJobOfAPageIsTheOneThatIsFound() {
    add(1, "mail", "a");
    queues.enqueue(job("later").delay(Duration.ofHours(1)));
    hand().claimOne();
    for (var registry : List.of(Registry.RUNNING, Registry.SCHEDULED)) {
      var job = q().page(Selection.in(registry), "", 10).jobs().getFirst();
      assertEquals(info(job.id()), job);
    }
  }

  @Test
  void lookingChangesNothing() {
    add(50, "mail", "a");
    fail(add(50, "mail", "b"));
    var keys = new HashSet<>(backend.keys(namespace));
    var counts = q().counts();
    for (var registry : Registry.values()) {
      through(Selection.in(registry).group("a"));
      q().count(Selection.in(registry).olderThan(SECOND));
    }

    assertEquals(keys, new HashSet<>(backend.keys(namespace)));
    assertEquals(counts, q().counts());
  }

  @Test
  void largeJobsAreSweptInSmallerSlices() {
    var large = Payload.of("x".repeat(200_000));
    for (int i = 0; i < 40; i++) {
      queues.enqueue(NewJob.of("q", "large", large));
    }

    assertEquals(40, q().cancelAll(WAITING));
  }

  @Test
  void veryManyJobsAreAddedInOrder() {
    var jobs = IntStream.range(0, 2_345).mapToObj(i -> job(Integer.toString(i)).group("a"));

    assertEquals(2_345, queues.enqueueMany(jobs));
    assertEquals(2_345, q().counts().waiting());
    var texts = hand().claim(1_000).stream().map(job -> job.payload().text()).toList();
    assertEquals(IntStream.range(0, 1_000).mapToObj(Integer::toString).toList(), texts);
  }

  @Test
  void ofVeryManyJobsItIsSaidHowManyWereAddedBeforeOneCouldNotBe() {
    var large = Payload.of("x".repeat(queues.maxPayload() + 1));
    var jobs =
        IntStream.range(0, 1_000).mapToObj(i -> i == 500 ? NewJob.of("q", "t", large) : job("a"));

    var partly = assertThrows(QueueException.Partly.class, () -> queues.enqueueMany(jobs));
    assertEquals(400, partly.added());
    assertInstanceOf(QueueException.TooLarge.class, partly.getCause());
    assertEquals(400, q().counts().waiting());
  }

  @Test
  void whatCannotBeIsRefusedBeforeAnythingIsDone() {
    var id = queues.enqueue(job("a"));
    assertThrows(IllegalArgumentException.class, () -> q().deleteAll(WAITING));
    assertThrows(
        IllegalArgumentException.class, () -> q().cancelAll(Selection.in(Registry.FINISHED)));
    assertThrows(
        IllegalArgumentException.class, () -> Selection.of(List.of(id)).type("mail").toString());
    assertThrows(IllegalArgumentException.class, () -> q().page(WAITING, "gibberish", 10));
    assertEquals(1, q().counts().waiting());
  }

  private List<JobId> add(int count, String type, String group) {
    return queues.enqueueAll(
        IntStream.range(0, count)
            .mapToObj(i -> NewJob.of("q", type, Payload.of("p")).group(group))
            .toList());
  }

  /// Runs them, and lets them fail.
  private void fail(List<JobId> ids) {
    var wanted = Set.copyOf(ids);
    var hand = hand();
    var jobs = hand.claim(1_000);
    hand.settle(
        jobs.stream()
            .filter(job -> wanted.contains(job.id()))
            .map(job -> hand.ending(job, Outcome.failed("no")))
            .toList());
    hand.giveBack(jobs.stream().filter(job -> !wanted.contains(job.id())).toList(), false);
  }

  private Set<JobId> through(Selection which) {
    var ids = new HashSet<JobId>();
    var from = "";
    do {
      var page = q().page(which, from, 50);
      page.jobs().forEach(info -> ids.add(info.id()));
      from = page.next().orElse("");
    } while (!from.isEmpty());
    return ids;
  }
}
