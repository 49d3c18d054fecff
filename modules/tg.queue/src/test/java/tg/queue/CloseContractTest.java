package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a closed namespace answers, and what is left when everything has ended.
final class CloseContractTest extends Contract {
  @Test
  void aClosedNamespaceAnswersEveryCallWithATypedError() {
    var lease = queues.tryLease("l", SECOND).orElseThrow();
    queues.close();
    queues.close();

    for (Runnable call :
        List.<Runnable>of(
            () -> queues.enqueue(job("a")),
            () -> queues.enqueueAll(List.of(job("a"), job("b"))),
            () -> queues.enqueueOnce("k", SECOND, List.of(job("a"))),
            () -> q().counts(),
            () -> q().find(new JobId("x")),
            () -> q().list(Registry.WAITING, 0, 1),
            () -> q().cancel(new JobId("x")),
            () -> q().requeue(new JobId("x")),
            () -> q().delete(new JobId("x")),
            () -> queues.tryLease("k", SECOND),
            lease::renew,
            queues::ping)) {
      var error = assertThrows(QueueException.Unavailable.class, call::run);
      assertEquals(false, error.outcomeUnknown());
    }
  }

  @Test
  void closingASessionWakesItsWaiter() throws Exception {
    var runner = hand();
    var woken =
        Thread.ofVirtual()
            .start(() ->
                assertThrows(
                    QueueException.Unavailable.class,
                    () -> runner.session().await(runner.epoch(), true, Duration.ofMinutes(5))));
    Waiting.until("it waits", () -> woken.getState() != Thread.State.NEW);
    runner.close();
    woken.join(Duration.ofSeconds(5));

    assertEquals(Thread.State.TERMINATED, woken.getState());
  }

  @Test
  void onceEverythingHasEndedNoKeyStaysForEver() {
    for (int i = 0; i < 5; i++) {
      queues.enqueue(job("a" + i).group("g" + i).keep(SECOND).replacing("r" + i));
      queues.enqueue(job("b" + i).keep(Duration.ZERO).priority(Priority.HIGH));
      queues.enqueue(job("c" + i).keep(SECOND).delay(Duration.ofMillis(20)));
    }
    queues.enqueue(job("fails").keep(SECOND));
    queues.enqueueOnce("once", SECOND, List.of(job("d").keep(SECOND)));
    assertTrue(queues.tryLease("lease", SECOND).isPresent());
    q().cancel(queues.enqueue(job("canceled").keep(SECOND)));
    var worker =
        startOne(job ->
            switch (job.payload().text()) {
              case "fails" -> Outcome.failed("x");
              case "a0" -> Outcome.done(Payload.of("r")).pausingGroup(Duration.ofMillis(300));
              case "a1" ->
                  job.attempt() == 1
                      ? Outcome.postpone(Duration.ofMillis(100), "x")
                      : Outcome.done();
              default -> Outcome.done(Payload.of("r"));
            });
    Waiting.until(
        "all is done",
        () -> q().counts().waiting() + q().counts().running() + q().counts().scheduled() == 0);
    worker.drain(SECOND);
    Waiting.until(
        "the ends are forgotten", () -> q().counts().equals(new Counts(0, 0, 0, 0, 0, 0)));

    Waiting.until(
        "every key that is left has an end: " + backend.endlessKeys(namespace),
        () -> backend.endlessKeys(namespace).isEmpty());
  }
}
