package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is derived can be counted again, and what does not fit is named.
final class VerifyContractTest extends Contract {
  private static final String LANE = "2/g";

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void everyJobThatHasNotEndedIsLookedAt() {
    assertEquals(new Verification(0, 0, List.of()), q().verify());
    var running = queues.enqueue(job("running").group("g"));
    var hand = hand(1, Duration.ofMinutes(1));
    hand.claimOne();
    queues.enqueue(job("full").group("g"));
    queues.enqueue(job("waiting").priority(Priority.LOW));
    queues.enqueue(job("scheduled").delay(Duration.ofHours(1)).group("h"));
    queues.enqueue(job("deferred").group("g").after(new JobRef("q", running)));
    var closing = queues.enqueue(job("closing").group("closed").priority(Priority.URGENT));
    var first = hand.claimOne();
    assertEquals(closing, first.id());
    assertTrue(hand.settle(first, Outcome.postpone(Duration.ofHours(1), "later")));
    assertEquals("waiting", hand.claimOne().payload().text());
    assertEquals(List.of(), hand.claim(1));
    assertEquals(new Verification(6, 1, List.of()), q().verify());
  }

  @Test
  void aQueueThatIsBusyInEveryWayFits() {
    start(queues.worker("q").concurrency(8).groupLimit(2), VerifyContractTest::anything);
    start(another().worker("q").concurrency(3).groupLimit(2), VerifyContractTest::anything);
    var random = new Random(7);
    var ids = new ArrayList<JobId>();
    for (int round = 0; round < 12; round++) {
      for (int i = 0; i < 40; i++) {
        ids.add(queues.enqueue(randomJob(random)));
      }
      q().cancel(ids.get(random.nextInt(ids.size())));
      assertEquals(List.of(), q().verify().differences(), "in round " + round);
    }
    awaitEnded(ids.size());
    assertEquals(new Verification(0, 0, List.of()), q().verify());
  }

  private static NewJob randomJob(Random random) {
    var priority = random.nextBoolean() ? Priority.NORMAL : Priority.HIGH;
    var job = job("x").priority(priority);
    job = random.nextInt(4) > 0 ? job.group("g" + random.nextInt(9)) : job;
    return random.nextInt(6) == 0 ? job.delay(Duration.ofMillis(random.nextInt(30))) : job;
  }

  private static Outcome anything(Job job) {
    return job.attempt() > 3
        ? Outcome.done()
        : switch (ThreadLocalRandom.current().nextInt(8)) {
          case 0 -> Outcome.retry(Duration.ofMillis(5), "again");
          case 1 -> Outcome.postpone(Duration.ofMillis(5), "not now");
          case 2 -> Outcome.snooze(Duration.ofMillis(5));
          default -> Outcome.done();
        };
  }

  @Test
  void aLongLaneAndManyLanesAreLookedThroughInSlices() {
    queues.enqueueAll(IntStream.range(0, 1_500).mapToObj(i -> job("x")).toList());
    queues.enqueueAll(IntStream.range(0, 700).mapToObj(i -> job("x").group("g" + i)).toList());
    var hand = hand();
    hand.claim(900);
    var verification = q().verify();
    assertEquals(List.of(), verification.differences());
    assertEquals(2_200, verification.jobs());
  }

  @Test
  void aWrongCountOfAGroupIsNamed() {
    damaged((wire, base, ids) -> {
      wire.call("HSET", base + "run", "g", "7");
      wire.call("HSET", base + "run", "nobody", "1");
    });
    assertFound(Set.of("RUNNING g", "RUNNING nobody"));
  }

  @Test
  void aJobInNoPlaceIsNamedAlsoWhenADeadEpochHoldsIt() {
    var ids =
        damaged((wire, base, waiting) -> {
          wire.call("LREM", base + "w/" + LANE, "1", waiting.get(0).value());
          wire.call("LREM", base + "w/" + LANE, "1", waiting.get(1).value());
          wire.call("HSET", base + "f/nobody.1", waiting.get(1).value(), "1:0:1:1");
        });
    assertFound(Set.of("NOWHERE " + ids.get(0), "NOWHERE " + ids.get(1)));
  }

  @Test
  void aPlaceWithoutAJobIsNamedWhereverItIs() {
    var ids =
        damaged((wire, base, waiting) -> {
          wire.call("HDEL", base + "j", waiting.getFirst().value());
          wire.call("ZADD", base + "d", "99999999999999", "late");
          wire.call("ZADD", base + "df", "1", "never");
        });
    assertFound(Set.of("WITHOUT_JOB " + ids.getFirst(), "WITHOUT_JOB late", "WITHOUT_JOB never"));
  }

  @Test
  void aJobInTwoPlacesIsNamed() {
    var ids =
        damaged((wire, base, waiting) -> {
          wire.call("RPUSH", base + "w/" + LANE, waiting.get(0).value());
          wire.call("ZADD", base + "d", "99999999999999", waiting.get(1).value());
        });
    assertFound(Set.of("TWICE " + ids.get(0), "TWICE " + ids.get(1)));
  }

  @Test
  void aRingThatIsNotWhatIsKnownOfItIsNamed() {
    damaged((wire, base, ids) -> {
      wire.call("LREM", base + "r/" + LANE.charAt(0), "1", "g");
      wire.call("RPUSH", base + "r/3", "z");
    });
    assertFound(Set.of("RING " + LANE, "RING 3/z"));
  }

  @Test
  void aLaneThatWouldWaitForEverIsNamed() {
    damaged((wire, base, ids) -> {
      wire.call("LREM", base + "r/" + LANE.charAt(0), "1", "g");
      wire.call("SREM", base + "m/" + LANE.charAt(0), "g");
      wire.call("HSET", base + "park", "idle", "2");
    });
    assertFound(Set.of("NO_TURN " + LANE, "NO_TURN idle"));
  }

  /// Damages data by hand.
  private interface Damage {
    void to(Wire wire, String base, List<JobId> waiting);
  }

  /// Lets one job of a group run and three wait, and damages that, on a server.
  private List<JobId> damaged(Damage damage) {
    queues.enqueue(job("running").group("g"));
    hand().claimOne();
    var ids = IntStream.range(0, 3).mapToObj(i -> queues.enqueue(job("x").group("g"))).toList();
    assertEquals(new Verification(4, 1, List.of()), q().verify());
    if (backend instanceof Backend.Server server) {
      try (var wire = new Wire(server.uri())) {
        var base = "{" + queues.routes().name(queues.routes().of("g")) + "}/q/q/";
        damage.to(wire, base, ids);
      }
    }
    return ids;
  }

  private void assertFound(Set<String> expected) {
    var found =
        q().verify().differences().stream()
            .map(each -> each.kind() + " " + each.name())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(backend instanceof Backend.Server ? new TreeSet<>(expected) : Set.of(), found);
  }
}
