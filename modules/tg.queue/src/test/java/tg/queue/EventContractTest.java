package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is told of the jobs.
final class EventContractTest extends Contract {
  @Test
  void everyMoveOfAJobIsToldInOrder() {
    try (var feed = another().events().follow()) {
      var id = queues.enqueue(job("a").delay(Duration.ofMillis(1)));
      start(
          queues.worker("q"),
          job -> {
            job.progress(0.5, "half");
            return job.attempt() == 1
                ? Outcome.retry(Duration.ofMillis(1), "again")
                : Outcome.done();
          });
      awaitEnded(1);
      q().requeue(id);
      Waiting.until("it ran again", () -> info(id).job().attempt() == 3);
      awaitEnded(1);
      q().delete(id);

      assertEquals(
          List.of(
              "SCHEDULED",
              "WAITING",
              "RUNNING",
              "PROGRESS",
              "SCHEDULED",
              "WAITING",
              "RUNNING",
              "PROGRESS",
              "FINISHED",
              "WAITING",
              "RUNNING",
              "PROGRESS",
              "FINISHED",
              "DELETED"),
          kinds(feed, id, Event.Kind.DELETED));
    }
  }

  @Test
  void cancelCrashAndFailureAreTold() {
    try (var feed = queues.events().follow()) {
      var canceled = queues.enqueue(job("c").delay(Duration.ofHours(1)));
      q().cancel(canceled);
      assertEquals(List.of("SCHEDULED", "CANCELED"), kinds(feed, canceled, Event.Kind.CANCELED));

      var crashed = queues.enqueue(job("a"));
      shortLived().claimOne();
      var heir = shortLived();
      Waiting.until("it is taken back", () -> heir.reap() == 1);
      heir.settle(heir.claimOne(), Outcome.failed("no"));
      assertEquals(
          List.of("WAITING", "RUNNING", "WAITING", "RUNNING", "FAILED"),
          kinds(feed, crashed, Event.Kind.FAILED));
    }
  }

  @Test
  @WithinPartition(WithinPartition.Why.ORDER)
  void aReaderGoesOnWhereItWas() {
    var start = queues.events().record(1_000, Duration.ofMinutes(1));
    var ids = new ArrayList<JobId>();
    for (int i = 0; i < 20; i++) {
      ids.add(queues.enqueue(job("a")));
    }
    var read = new ArrayList<JobId>();
    var position = start;
    while (read.size() < ids.size()) {
      try (var feed = another().events().after(position)) {
        feed.poll(SECOND).forEach(event -> read.addAll(event.jobs()));
        position = feed.position();
      }
    }
    assertEquals(ids, read);
    try (var feed = queues.events().after(position)) {
      assertEquals(List.of(), feed.poll(Duration.ZERO));
    }
  }

  @Test
  void aReaderIsWokenByAnEvent() throws Exception {
    try (var feed = queues.events().follow()) {
      var thread = Thread.ofVirtual().start(() -> queues.enqueue(job("a")));
      var events = feed.poll(Duration.ofSeconds(20));
      assertEquals(1, events.size());
      thread.join();
    }
  }

  @Test
  void nothingIsToldUntilSomebodyAsksAndTheStreamHasAnEnd() {
    queues.enqueue(job("a"));
    try (var feed = queues.events().after("0-0")) {
      assertEquals(List.of(), feed.poll(Duration.ZERO));
      queues.enqueue(job("b"));
      assertEquals(1, feed.poll(SECOND).size());
    }
    var endless = backend.endlessKeys(namespace);
    assertTrue(endless.stream().noneMatch(key -> key.contains("events")), endless.toString());
  }

  @Test
  @WithinPartition(WithinPartition.Why.TOGETHER)
  void theStreamIsLimited() {
    queues.events().record(100, Duration.ofMinutes(1));
    for (int i = 0; i < 400; i++) {
      queues.enqueue(job("a"));
    }
    try (var reader = queues.store().parts().events().open()) {
      int kept = reader.read("0-0", 1_000, SECOND).size();
      assertTrue(kept >= 100 && kept <= 300, "roughly a hundred: " + kept);
    }
  }

  @Test
  @WithinPartition(WithinPartition.Why.TOGETHER)
  void jobsThatMoveTogetherAreOneEvent() {
    try (var feed = queues.events().follow()) {
      var ids = queues.enqueueAll(List.of(job("a"), job("b"), job("c")));
      var jobs = new ArrayList<JobId>();
      while (jobs.size() < 3) {
        feed.poll(SECOND).forEach(event -> jobs.addAll(event.jobs()));
      }
      assertEquals(ids, jobs);
    }
  }

  @Test
  void whatIsNoPositionIsRefused() {
    for (var bad : List.of("", "x", "1", "$", "1-1 ")) {
      assertThrows(IllegalArgumentException.class, () -> queues.events().after(bad));
    }
  }

  private static List<String> kinds(Events.Feed feed, JobId id, Event.Kind last) {
    var kinds = new ArrayList<String>();
    Waiting.until(
        "the last event: " + last,
        () -> {
          for (var event : feed.poll(Duration.ofMillis(100))) {
            if (event.jobs().contains(id)) {
              kinds.add(event.kind().name());
            }
          }
          return !kinds.isEmpty() && kinds.getLast().equals(last.name());
        });
    return kinds;
  }
}
