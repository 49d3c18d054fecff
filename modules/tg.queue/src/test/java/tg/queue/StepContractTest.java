package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Steps, progress and meta of jobs.
final class StepContractTest extends Contract {
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aStepIsDoneOnceThoughItsJobIsTriedAgain() {
    queues.enqueue(job("a"));
    start(
        queues
            .worker("q")
            .retry(RetryPolicy.exponential(3, Duration.ofMillis(1), Duration.ofMillis(1))),
        job -> {
          var first = job.step("first", () -> did("first " + job.attempt()));
          job.step("second", () -> assertEquals("first 1", first.text()));
          if (job.attempt() < 3) {
            throw new IllegalStateException("again");
          }
          return Outcome.done(
              job.step("third", () -> did(first.text() + " then " + job.attempt())));
        });
    awaitEnded(1);

    assertEquals(List.of("first 1", "first 1 then 3"), done);
  }

  @Test
  void aStepIsKeptThroughTheDeathOfItsWorker() {
    queues.enqueue(job("a"));
    var dead = shortLived();
    var job = dead.claimOne();
    assertTrue(notes(dead, job).put(NoteStore.STEP + "paid", Payload.of("receipt")));
    var heir = shortLived();
    Waiting.until("it is taken back", () -> heir.reap() == 1);
    startOne(again -> Outcome.done(again.step("paid", () -> did("paid twice"))));
    awaitEnded(1);

    assertEquals(List.of(), done);
    assertEquals(Payload.of("receipt"), result());
  }

  @Test
  void aStepThatFailsKeepsNothing() {
    queues.enqueue(job("a"));
    start(
        queues
            .worker("q")
            .retry(RetryPolicy.exponential(2, Duration.ofMillis(1), Duration.ofMillis(1))),
        job -> {
          job.step(
              "x",
              () -> {
                did("try " + job.attempt());
                if (job.attempt() == 1) {
                  throw new IllegalStateException("first");
                }
              });
          return Outcome.done();
        });
    awaitEnded(1);

    assertEquals(List.of("try 1", "try 2"), done);
  }

  @Test
  void aStaleAttemptKeepsNothing() {
    var id = queues.enqueue(job("a"));
    var dead = shortLived();
    var job = dead.claimOne();
    var heir = shortLived();
    Waiting.until("it is taken back", () -> heir.reap() == 1);
    var mine = heir.claimOne();

    assertFalse(notes(dead, job).put(NoteStore.STEP + "x", Payload.of("stale")));
    assertFalse(notes(dead, job).put(NoteStore.META + "x", Payload.of("stale")));
    assertEquals(Map.of(), queues.store().parts().notes().read("q", id));
    assertTrue(notes(heir, mine).put(NoteStore.STEP + "x", Payload.of("mine")));
  }

  @Test
  void aStaleHandlerIsTold() {
    queues.enqueue(job("a"));
    var journal = new Journal[1];
    startOne(job -> Outcome.snooze(Duration.ofHours(1)));
    Waiting.until("it is scheduled", () -> q().counts().scheduled() == 1);
    var job = q().list(Registry.SCHEDULED, 0, 1).getFirst().job();
    journal[0] =
        new Journal(queues, job, "gone.1", new ProgressBoard(queues.store().parts().notes()));

    assertThrows(QueueException.Stale.class, () -> journal[0].step("x", () -> Payload.of("v")));
  }

  @Test
  void stepsOfAFinishedJobGoAndItsMetaStays() {
    var id = queues.enqueue(job("a"));
    startOne(job -> {
      job.step("x", () -> Payload.of("v"));
      job.meta().put("k", "v");
      job.progress(1, "all");
      return Outcome.done();
    });
    awaitEnded(1);

    assertEquals(Map.of("k", "v"), q().meta(id).all());
    assertEquals(
        List.of("m:k", "p"),
        queues.store().parts().notes().read("q", id).keySet().stream().sorted().toList());
    assertEquals(1.0, q().progress(id).orElseThrow().fraction());
  }

  @Test
  void aFailedJobThatIsRequeuedGoesOnAfterItsSteps() {
    var id = queues.enqueue(job("a"));
    startOne(job -> {
      job.step("x", () -> did("x " + job.attempt()));
      return job.attempt() == 1 ? Outcome.failed("no") : Outcome.done();
    });
    awaitEnded(1);
    assertTrue(q().requeue(id));
    Waiting.until("it is done", () -> q().counts().finished() == 1);

    assertEquals(List.of("x 1"), done);
  }

  @Test
  void whatAJobKeepsEndsWithIt() {
    var kept = queues.enqueue(job("a").keep(Duration.ofSeconds(1)));
    var gone = queues.enqueue(job("b").keep(Duration.ZERO));
    var canceled = queues.enqueue(job("c").keep(Duration.ofSeconds(1)).delay(Duration.ofHours(1)));
    for (var id : List.of(kept, gone, canceled)) {
      assertTrue(q().meta(id).put("k", "v"));
    }
    q().cancel(canceled);
    startOne(job -> Outcome.done());
    Waiting.until("all has ended", () -> q().counts().equals(new Counts(0, 0, 0, 0, 0, 0)));

    Waiting.until(
        "nothing is left beside them",
        () -> backend.keys(namespace).stream().noneMatch(key -> key.contains("/side")));
    assertEquals(Map.of(), q().meta(kept).all());
  }

  @Test
  void aDeletedJobTakesItsMetaAlong() {
    var id = queues.enqueue(job("a"));
    q().meta(id).put("k", "v");
    q().cancel(id);
    assertTrue(q().delete(id));

    assertEquals(Map.of(), q().meta(id).all());
  }

  @Test
  void metaIsWrittenFromOutsideAndFromInsideEachNameForItself() {
    var id = queues.enqueue(job("a"));
    assertTrue(q().meta(id).put("asked", "Ann"));
    startOne(job -> {
      job.meta().put("by", job.meta().get("asked").orElseThrow());
      return Outcome.done();
    });
    awaitEnded(1);

    assertEquals(Map.of("asked", "Ann", "by", "Ann"), q().meta(id).all());
    assertFalse(q().meta(id).put("late", "x"), "it has ended");
    assertFalse(q().meta(new JobId("nobody")).put("k", "v"));
  }

  @Test
  void manyWritersOfDifferentNamesLoseNothing() {
    var id = queues.enqueue(job("a"));
    var views = List.of(another(), another());
    inThreads(20, i -> views.get(i % 2).queue("q").meta(id).put("n" + i, Integer.toString(i)));

    assertEquals(20, q().meta(id).all().size());
    assertTrue(q().meta(id).remove("n3"));
    assertEquals(Optional.empty(), q().meta(id).get("n3"));
    assertEquals(Optional.of("4"), q().meta(id).get("n4"));
  }

  @Test
  void metaThatIsAllRemovedLeavesNothing() {
    var id = queues.enqueue(job("a"));
    q().meta(id).put("k", "v");
    q().meta(id).remove("k");

    assertTrue(backend.keys(namespace).stream().noneMatch(key -> key.contains("/side")));
  }

  @Test
  void thereIsALimitToWhatAJobKeeps() {
    var id = queues.enqueue(job("a"));
    var owner = new NoteStore.Owner("q", id, "", 0);
    var notes = queues.store().parts().notes();
    var limits = new NoteStore.Limits(3, 10);
    for (var name : List.of("a", "b", "c")) {
      assertEquals(NoteStore.Answer.WRITTEN, write(notes, limits, owner, name, "123"));
    }

    assertEquals(NoteStore.Answer.TOO_MANY, write(notes, limits, owner, "d", ""));
    assertEquals(NoteStore.Answer.NO_ROOM, write(notes, limits, owner, "a", "12345"));
    assertEquals(NoteStore.Answer.WRITTEN, write(notes, limits, owner, "a", "1234"));
    assertThrows(
        QueueException.TooLarge.class, () -> q().meta(id).put("big", "x".repeat(1024 * 1024 + 1)));
  }

  @Test
  void progressIsReadableWhileTheJobRunsAndTheLatestWins() {
    var id = queues.enqueue(job("a"));
    var round = new AtomicInteger();
    try (var gate = new Gate()) {
      startOne(job -> {
        for (int i = 0; i <= 1_000; i++) {
          job.progress(i / 1_000.0, "row " + round.incrementAndGet());
        }
        return gate.handle(job);
      });
      Waiting.until(
          "it is seen",
          () -> q().progress(id).filter(p -> p.message().equals("row 1001")).isPresent());

      var progress = q().progress(id).orElseThrow();
      assertEquals(1.0, progress.fraction());
      assertTrue(Duration.between(progress.at(), at()).abs().compareTo(Duration.ofMinutes(1)) < 0);
    }
  }

  @Test
  void aJobThatDoesNotRunHereHasNoSteps() {
    var id = queues.enqueue(job("a"));
    var job = info(id).job();
    for (Runnable call : List.<Runnable>of(job::meta, () -> job.progress(0, ""), () -> step(job))) {
      assertThrows(IllegalStateException.class, call::run);
    }
    assertEquals(Optional.empty(), q().progress(id));
  }

  private static void step(Job job) {
    try {
      job.step("x", Payload::empty);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static NoteStore.Answer write(
      NoteStore notes, NoteStore.Limits limits, NoteStore.Owner owner, String name, String value) {
    var note = new NoteStore.Note(owner, NoteStore.How.SET, name, Payload.of(value));
    return notes.write(limits, List.of(note)).getFirst();
  }

  private Notes notes(Hand hand, Job job) {
    return new Notes(queues, new NoteStore.Owner("q", job.id(), hand.epoch(), job.attempt()));
  }

  private Payload did(String what) {
    done.add(what);
    return Payload.of(what);
  }

  private Payload result() {
    var info = q().list(Registry.FINISHED, 0, 1).getFirst();
    return switch (info.state()) {
      case JobState.Finished(var _, var result) -> result;
      default -> throw new AssertionError(info);
    };
  }

  private Instant at() {
    return queues.store().parts().schedules().list().now();
  }
}
