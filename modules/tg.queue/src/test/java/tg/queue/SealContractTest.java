package tg.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Content types, compression and encryption.
final class SealContractTest extends Contract {
  private static final byte[] NEW_KEY = key(1);
  private static final byte[] OLD_KEY = key(2);
  private final List<Queues> views = new ArrayList<>();

  @AfterEach
  void closeViews() {
    views.forEach(Queues::close);
  }

  @Test
  void payloadAndResultKeepTheirContentType() {
    var id = queues.enqueue(NewJob.of("q", "t", Payload.of("{}").as("application/json")));
    startOne(job -> {
      assertEquals("application/json", job.payload().contentType().orElseThrow());
      return Outcome.done(Payload.of("<a/>").as("text/xml"));
    });
    awaitEnded(1);

    var info = info(id);
    assertEquals(Payload.of("{}").as("application/json"), info.job().payload());
    assertEquals(Payload.of("<a/>").as("text/xml"), result(info));
  }

  @Test
  void anyBytesArriveAsTheyAreEvenThoseThatLookSealed() {
    for (var bytes :
        List.of(
            new byte[0],
            new byte[] {0},
            new byte[] {0, 't', 'q', 1},
            new byte[] {0, 't', 'q', 1, 7, 9})) {
      var id = queues.enqueue(NewJob.of("q", "t", Payload.of(bytes)));
      assertArrayEquals(bytes, info(id).job().payload().bytes());
    }
  }

  @Test
  void encryptedJobsRunAndNothingOfThemIsReadableOnTheServer() {
    var view = view(KeyRing.of("k1", NEW_KEY));
    var id = view.enqueue(job("secret payload").keep(Duration.ofHours(1)));
    run(
        view,
        job -> {
          assertEquals("secret payload", job.payload().text());
          job.step("s", () -> Payload.of("secret step"));
          job.meta().put("m", "secret meta");
          return job.attempt() == 1
              ? Outcome.retry(Duration.ZERO, "again")
              : Outcome.done(
                  Payload.of("secret result " + job.step("s", () -> Payload.of("other")).text()));
        });
    Waiting.until("it is done", () -> view.queue("q").counts().finished() == 1);

    var info = view.queue("q").find(id).orElseThrow();
    assertEquals("secret result secret step", result(info).text());
    assertEquals("secret payload", info.job().payload().text());
    assertEquals(Map.of("m", "secret meta"), view.queue("q").meta(id).all());
    var stored = view.store().find("q", id).orElseThrow();
    assertFalse(stored.job().payload().text().contains("secret"));
    assertFalse(result(stored).text().contains("secret"));
    view.store()
        .parts()
        .notes()
        .read("q", id)
        .forEach((name, value) -> assertFalse(Payload.own(value).text().contains("secret"), name));
  }

  @Test
  void aWorkerWithoutTheKeyDoesNotLoseTheJob() {
    var sender = view(KeyRing.of("k1", NEW_KEY));
    var id = sender.enqueue(job("secret"));
    var runs = new Runs();
    var worker = queues.worker("q").start(runs);
    Waiting.until("it was put back", () -> q().counts().scheduled() == 1);
    worker.close();

    assertEquals(0, runs.jobs().size());
    var info = info(id);
    assertTrue(info.lastFailure().contains("k1"), info.lastFailure());
    assertEquals(0, info.job().tries().failures());
    var error = assertThrows(QueueException.Sealed.class, () -> info.job().payload().text());
    assertEquals("k1", error.keyId());
  }

  @Test
  void anotherKeyOfTheSameIdIsToldFromAMissingOne() {
    var id = view(KeyRing.of("k1", NEW_KEY)).enqueue(job("secret"));
    var other = view(KeyRing.of("k1", OLD_KEY));

    var payload = other.queue("q").find(id).orElseThrow().job().payload();
    var error = assertThrows(QueueException.Sealed.class, payload::text);
    assertTrue(error.toString().contains("another one of that name"));
  }

  @Test
  void keysAreRotatedWithoutAPause() {
    var old = view(KeyRing.of("old", OLD_KEY));
    var both = view(KeyRing.of("old", OLD_KEY).and("new", NEW_KEY));
    var rotated = view(KeyRing.of("new", NEW_KEY).and("old", OLD_KEY));
    old.enqueue(job("1"));
    both.enqueue(job("2"));
    rotated.enqueue(job("3"));
    var runs = new Runs();
    run(both, runs);

    assertEquals(List.of("1", "2", "3"), runs.await(3).stream().sorted().toList());
  }

  @Test
  void bytesThatWereChangedAreRefused() {
    var seal = new Seal(KeyRing.of("k", NEW_KEY), 64);
    var plain = Payload.of("x".repeat(1_000)).as("text/plain");
    var kept = seal.close(plain, "place").bytes();
    assertEquals(plain, seal.open(Payload.of(kept), "place"));
    assertThrows(
        QueueException.Sealed.class, () -> seal.open(Payload.of(kept), "elsewhere").text());
    for (int i = 4; i < kept.length; i++) {
      var changed = kept.clone();
      changed[i] ^= 1;
      var payload = seal.open(Payload.of(changed), "place");
      assertThrows(QueueException.Sealed.class, payload::text, "byte " + i);
    }
    for (int i = 5; i < kept.length; i++) {
      var payload = seal.open(Payload.of(Arrays.copyOf(kept, i)), "place");
      assertThrows(QueueException.Sealed.class, payload::text, "cut at " + i);
    }
  }

  @Test
  void noTwoPayloadsAreEncryptedAlike() {
    var seal = new Seal(KeyRing.of("k", NEW_KEY), 64);
    var other = new Seal(KeyRing.of("k", NEW_KEY), 64);
    var payload = Payload.of("same");

    assertFalse(seal.close(payload, "p").equals(seal.close(payload, "p")));
    assertEquals(payload, other.open(seal.close(payload, "p"), "p"));
  }

  @Test
  void largePayloadsAreCompressedAndReadByEverybody() {
    var view = view(new Seal(null, 100));
    var text = "all work and no play ".repeat(500);
    var id = view.enqueue(job(text));

    assertEquals(text, info(id).job().payload().text());
    assertTrue(view.store().find("q", id).orElseThrow().job().payload().size() < 500);
    var small = view.enqueue(job("small"));
    assertEquals(5, view.store().find("q", small).orElseThrow().job().payload().size());
  }

  @Test
  void whatDoesNotGetSmallerIsNotCompressed() {
    var random = new byte[1_000];
    new Random(1).nextBytes(random);
    var seal = new Seal(null, 64);

    assertTrue(seal.close(Payload.of(random), "p").size() <= 1_010);
    assertArrayEquals(random, seal.open(seal.close(Payload.of(random), "p"), "p").bytes());
  }

  @Test
  void aScheduleIsEncryptedTooAndStaysTheSame() {
    var view = view(KeyRing.of("k1", NEW_KEY));
    var schedule = Schedule.every("s", SECOND, job("secret"));
    assertTrue(view.schedules().put(schedule));
    assertFalse(view.schedules().put(schedule));
    var runs = new Runs();
    run(view, runs);

    assertEquals("secret", runs.await(1).getFirst());
    assertEquals(schedule, view.schedules().find("s").orElseThrow().schedule());
  }

  @Test
  void aKeyRingTellsItsIdsAndNotItsKeys() {
    var ring = KeyRing.of("new", NEW_KEY).and("old", OLD_KEY);

    assertEquals("KeyRing[new, old]", ring.toString());
    assertEquals(List.of("new", "old"), ring.ids());
    assertThrows(IllegalArgumentException.class, () -> KeyRing.of("k", new byte[16]));
    assertThrows(IllegalArgumentException.class, () -> ring.and("old", NEW_KEY));
  }

  private Queues view(KeyRing keys) {
    return view(new Seal(keys, Integer.MAX_VALUE));
  }

  /// Another application's view of the same namespace.
  private Queues view(Seal seal) {
    var view =
        new Queues(
            another().store(),
            Settings.DEFAULT,
            new Tickets(
                Settings.DEFAULT,
                new Treatment(seal, new Middlewares(List.of())),
                new Routes(Settings.DEFAULT.namespace(), 1),
                InstantSource.system(),
                () -> {}));
    views.add(view);
    return view;
  }

  private void run(Queues view, JobHandler handler) {
    start(view.worker("q").concurrency(1), handler);
  }

  private static Payload result(JobInfo info) {
    if (info.state() instanceof JobState.Finished(var _, var result)) {
      return result;
    }
    throw new AssertionError(info);
  }

  private static byte[] key(int seed) {
    var key = new byte[32];
    Arrays.fill(key, (byte) seed);
    return key;
  }
}
