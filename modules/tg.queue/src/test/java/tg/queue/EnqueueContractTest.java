package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/// What `enqueue` and `enqueueAll` promise.
final class EnqueueContractTest extends Contract {
  private static final int MIB = 1 << 20;

  @Test
  void anEnqueuedJobIsWaitingAtOnceForEverybody() {
    var id = queues.enqueue(job("a"));

    var seen = another().queue("q").find(id).orElseThrow();
    assertInstanceOf(JobState.Waiting.class, seen.state());
    assertEquals(new Counts(1, 0, 0, 0, 0, 0), another().queue("q").counts());
  }

  @Test
  void aJobCarriesWhatItWasGiven() {
    var bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    var before = Instant.now();
    var id = queues.enqueue(NewJob.of("q", "type-1", Payload.of(bytes)).group("user:42"));
    var runs = new Runs();
    startOne(runs);
    runs.await(1);

    var job = runs.jobs().getFirst();
    assertEquals(id, job.id());
    assertEquals("q", job.queue());
    assertEquals("type-1", job.type());
    assertEquals(Payload.of(bytes), job.payload());
    assertEquals(Optional.of("user:42"), job.group());
    assertEquals(new Job.Tries(1, 0, 0), job.tries());
    assertFalse(job.enqueuedAt().isBefore(before.minusMillis(1)), job.enqueuedAt() + " " + before);
    assertFalse(job.enqueuedAt().isAfter(Instant.now().plusMillis(1)));
  }

  @Test
  void anEmptyPayloadArrivesEmpty() {
    queues.enqueue(NewJob.of("q", "t", Payload.empty()));
    var runs = new Runs();
    startOne(runs);

    assertEquals(List.of(""), runs.await(1));
    assertEquals(Optional.empty(), runs.jobs().getFirst().group());
  }

  @Test
  void aGeneratedIdIsAUlidAndLaterOnesSortAfterEarlierOnes() {
    var first = queues.enqueue(job("a"));
    var then = Instant.now();
    Waiting.until("the clock moved", () -> Instant.now().isAfter(then.plusMillis(2)));
    var second = queues.enqueue(job("b"));

    assertTrue(first.value().matches("[0-9A-HJKMNP-TV-Z]{26}"), first.value());
    assertTrue(first.compareTo(second) < 0, first + " before " + second);
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aBatchIsAddedOverSeveralQueuesInOrder() {
    var ids =
        queues.enqueueAll(
            List.of(
                job("1"),
                NewJob.of("other", "t", Payload.of("x")),
                job("2"),
                job("3").id(id("n"))));

    assertEquals(4, Set.copyOf(ids).size());
    assertEquals(id("n"), ids.getLast());
    assertEquals(List.of("1", "2", "3"), waitingTexts("q"));
    assertEquals(List.of("x"), waitingTexts("other"));
  }

  @Test
  void aBatchWithOneTooLargePayloadAddsNothing() {
    var large = NewJob.of("q", "t", Payload.of(new byte[MIB + 1]));

    var error =
        assertThrows(
            QueueException.TooLarge.class, () -> queues.enqueueAll(List.of(job("small"), large)));

    assertEquals(MIB + 1, error.bytes());
    assertEquals(MIB, error.limit());
    assertEquals(new Counts(0, 0, 0, 0, 0, 0), q().counts());
  }

  @Test
  void aPayloadOfExactlyTheLimitIsTaken() {
    var bytes = new byte[MIB];
    bytes[MIB - 1] = 7;
    var id = queues.enqueue(NewJob.of("q", "t", Payload.of(bytes)));

    assertEquals(Payload.of(bytes), info(id).job().payload());
  }

  @Test
  void anEmptyBatchAddsNothing() {
    assertEquals(List.of(), queues.enqueueAll(List.of()));
  }

  @Test
  void enqueuingAWaitingIdAgainChangesNothing() {
    var id = queues.enqueue(job("first").id(id("mine")));
    var again = queues.enqueue(job("second").id(id("mine")).priority(Priority.URGENT));

    assertEquals(id, again);
    assertEquals(List.of("first"), waitingTexts("q"));
  }

  @Test
  void anIdTwiceInOneBatchIsAddedOnce() {
    queues.enqueueAll(List.of(job("first").id(id("mine")), job("second").id(id("mine"))));

    assertEquals(List.of("first"), waitingTexts("q"));
  }

  @Test
  void theSameIdInAnotherQueueIsAnotherJob() {
    queues.enqueue(job("first").id(id("mine")));
    queues.enqueue(NewJob.of("other", "t", Payload.of("second")).id(id("mine")));

    assertEquals(List.of("first"), waitingTexts("q"));
    assertEquals(List.of("second"), waitingTexts("other"));
  }

  @Test
  void enqueuingAScheduledIdAgainChangesNothing() {
    queues.enqueue(job("first").id(id("mine")).delay(Duration.ofHours(1)));
    queues.enqueue(job("second").id(id("mine")));

    assertEquals(new Counts(0, 1, 0, 0, 0, 0), q().counts());
    assertEquals("first", info(id("mine")).job().payload().text());
  }

  @Test
  void enqueuingARunningIdAgainChangesNothing() {
    try (var gate = new Gate()) {
      queues.enqueue(job("first").id(id("mine")));
      startOne(gate);
      gate.awaitStarted(1);

      queues.enqueue(job("second").id(id("mine")));

      assertEquals(new Counts(0, 0, 1, 0, 0, 0), q().counts());
    }
  }

  @Test
  void enqueuingAnEndedIdAgainChangesNothingUntilItIsForgotten() {
    queues.enqueue(job("first").id(id("mine")));
    var runs = new Runs();
    startOne(runs);
    awaitEnded(1);

    queues.enqueue(job("second").id(id("mine")));
    assertEquals(new Counts(0, 0, 0, 1, 0, 0), q().counts());

    assertTrue(q().delete(id("mine")));
    queues.enqueue(job("third").id(id("mine")));
    assertEquals(List.of("first", "third"), runs.await(2));
  }

  @Test
  void twoHundredThreadsLoseNothingAndEachKeepsItsOrder() {
    int threads = 200;
    int each = 20;
    Set<JobId> ids = ConcurrentHashMap.newKeySet();
    inThreads(
        threads,
        t -> {
          for (int i = 0; i < each; i++) {
            ids.add(queues.enqueue(job(Integer.toString(i)).group("g" + t)));
          }
        });

    assertEquals(threads * each, ids.size());
    assertEquals(ids.size(), q().counts().waiting());
    var next = new int[threads];
    for (int page = 0; page < 4; page++) {
      for (var info : q().list(Registry.WAITING, page * 1000, 1000)) {
        int thread = Integer.parseInt(info.job().group().orElseThrow().substring(1));
        assertEquals(next[thread]++, Integer.parseInt(info.job().payload().text()));
        assertTrue(ids.remove(info.id()), "seen twice: " + info.id());
      }
    }
    assertEquals(new HashSet<>(), ids);
  }

  @Test
  void namespacesDoNotSeeEachOther() {
    queues.enqueue(job("a"));
    try (var stranger = backend.open(namespace + "x")) {
      assertEquals(0, stranger.queue("q").counts().waiting());
    }
  }

  @Test
  void namesOutsideTheRuleAreRefusedWithTheRule() {
    for (var bad : List.of("{x}", "a}")) {
      assertThrows(IllegalArgumentException.class, () -> queues.queue(bad));
      assertThrows(IllegalArgumentException.class, () -> queues.worker(bad));
      assertThrows(IllegalArgumentException.class, () -> Queues.builder().namespace(bad));
    }
    for (var bad : List.of("", "a b", "ü", "a/b", "x".repeat(65))) {
      var error = assertThrows(IllegalArgumentException.class, () -> queues.queue(bad));
      assertTrue(error.toString().contains("A-Z a-z 0-9 . _ : -"), error.toString());
      assertThrows(IllegalArgumentException.class, () -> new JobId(bad));
      assertThrows(IllegalArgumentException.class, () -> job("x").group(bad));
      assertThrows(IllegalArgumentException.class, () -> job("x").replacing(bad));
      assertThrows(
          IllegalArgumentException.class, () -> queues.enqueueOnce(bad, SECOND, List.of(job("x"))));
      assertThrows(IllegalArgumentException.class, () -> queues.tryLease(bad, SECOND));
      assertThrows(IllegalArgumentException.class, () -> queues.worker(bad));
    }
  }

  @Test
  void theServerIsPingedAndNamed() {
    assertTrue(queues.ping().compareTo(Duration.ofSeconds(5)) < 0);
    assertFalse(queues.server().isBlank());
    assertFalse(queues.server().contains("\n"));
  }

  private List<String> waitingTexts(String queue) {
    return queues.queue(queue).list(Registry.WAITING, 0, 100).stream()
        .map(info -> info.job().payload().text())
        .toList();
  }

  private static JobId id(String value) {
    return new JobId(value);
  }
}
