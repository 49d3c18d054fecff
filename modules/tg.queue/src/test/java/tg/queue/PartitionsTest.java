package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is different when a namespace is spread over partitions. On backends that spread none, the
/// same holds trivially.
final class PartitionsTest extends Contract {
  @Test
  void aJobIsFoundByItsIdWhereverItIs() {
    for (int i = 0; i < 20; i++) {
      var generated = queues.enqueue(job("a" + i).group("g" + i));
      var named = queues.enqueue(job("b" + i).group("g" + i).id(new JobId("n" + i)));
      assertEquals("a" + i, info(generated).job().payload().text());
      assertEquals("b" + i, info(named).job().payload().text());
      assertEquals(Cancellation.CANCELED, q().cancel(named));
      assertTrue(q().requeue(named));
      assertEquals(Cancellation.CANCELED, q().cancel(named));
      assertTrue(q().delete(named));
    }
    assertEquals(20, q().counts().waiting());
  }

  @Test
  void aBatchOverAllPartitionsArrivesWholeAndInTheOrderOfEachGroup() {
    var jobs = new ArrayList<NewJob>();
    for (int i = 0; i < 200; i++) {
      jobs.add(job(i / 10 + "." + i % 10).group("g" + i / 10));
    }
    var ids = queues.enqueueAll(jobs);
    Waiting.until("all are there", () -> q().counts().waiting() == 200);
    var runs = new Runs();
    startOne(runs);
    awaitEnded(200);

    assertEquals(200, new HashSet<>(ids).size());
    var next = new int[20];
    for (var text : runs.texts()) {
      int group = Integer.parseInt(text.substring(0, text.indexOf('.')));
      assertEquals(group + "." + next[group]++, text);
    }
  }

  @Test
  void ofManyAtOnceABatchOverAllPartitionsIsAddedOnce() {
    inThreads(
        20,
        i ->
            queues.enqueueOnce(
                "key",
                Duration.ofMinutes(1),
                IntStream.range(0, 10).mapToObj(j -> job("j" + j).group("g" + j)).toList()));

    Waiting.until("all are there", () -> q().counts().waiting() == 10);
  }

  @Test
  void followUpsOfOtherPartitionsArriveOnce() {
    for (int i = 0; i < 50; i++) {
      queues.enqueue(job("a" + i).group("g" + i));
    }
    start(
        queues.worker("q").concurrency(8),
        job ->
            Outcome.done()
                .then(NewJob.of("next", "t", job.payload()).group("to" + job.payload().text()))
                .then(NewJob.of("next", "t", job.payload())));
    awaitEnded(50);

    Waiting.until("all follow", () -> queues.queue("next").counts().waiting() == 100);
    var texts =
        queues.queue("next").list(Registry.WAITING, 0, 1_000).stream()
            .map(info -> info.job().payload().text())
            .toList();
    assertEquals(100, texts.size());
    assertEquals(50, new HashSet<>(texts).size());
  }

  /// The process that added them dies before it has brought them where they belong.
  @Test
  void whatADeadProcessKeptForOthersIsBroughtByAnyWorker() {
    var parts = queues.store().partitions();
    var jobs = IntStream.range(0, 40).mapToObj(i -> job("a" + i).group("g" + i)).toList();
    parts.getFirst().add(queues.tickets(jobs), null);
    var runs = new Runs();
    start(another().worker("q").concurrency(3), runs);

    runs.await(40);
    assertEquals(40, new HashSet<>(runs.texts()).size());
    Waiting.until("nothing is kept", () -> parts.getFirst().parcels().isEmpty());
  }

  @Test
  void parcelsThatComeTwiceAreReceivedOnce() {
    var parts = queues.store().partitions();
    var first = parts.getFirst();
    var jobs = IntStream.range(0, 40).mapToObj(i -> job("a" + i).group("g" + i)).toList();
    first.add(queues.tickets(jobs), null);
    inThreads(
        8,
        i -> {
          for (var part : parts.subList(1, parts.size())) {
            int to = parts.indexOf(part);
            var mine = first.parcels().stream().filter(parcel -> parcel.to() == to).toList();
            part.receive(0, mine);
            part.receive(0, mine.subList(0, mine.size() / 2));
          }
        });

    assertEquals(40, q().counts().waiting());
  }

  @Test
  void aBusyPartitionDoesNotStarveAnother() {
    var busy = IntStream.range(0, 400).mapToObj(i -> job("busy").group("{x}" + i % 4)).toList();
    queues.enqueueAll(busy);
    var slow =
        new Runs(job -> {
          Thread.sleep(5);
          return Outcome.done();
        });
    start(queues.worker("q").concurrency(2), slow);
    slow.await(20);
    int before = slow.jobs().size();
    queues.enqueueAll(IntStream.range(0, 12).mapToObj(i -> job("few").group("g" + i)).toList());
    Waiting.until(
        "the few have run", () -> slow.texts().stream().filter("few"::equals).count() == 12);
    long meanwhile =
        slow.texts().subList(before, slow.jobs().size()).stream().filter("busy"::equals).count();

    assertTrue(meanwhile < 200, "before the few had run, " + meanwhile + " of the busy ones ran");
  }

  @Test
  void anEmptyPartitionKeepsNoPlaceFromAFullOne() {
    try (var gate = new Gate()) {
      start(queues.worker("q").concurrency(12), gate);
      queues.enqueueAll(IntStream.range(0, 30).mapToObj(i -> job("a").group("{x}" + i)).toList());
      gate.awaitStarted(12);
      assertEquals(12, gate.most());
    }
  }

  @Test
  void neverMoreRunThanTheWorkerHasPlaces() {
    var gate = new Gate();
    start(queues.worker("q").concurrency(5), gate);
    queues.enqueueAll(IntStream.range(0, 60).mapToObj(i -> job("a").group("g" + i)).toList());
    gate.awaitStarted(5);
    gate.close();
    awaitEnded(60);

    assertEquals(5, gate.most());
  }

  @Test
  void pagesCoverAllPartitionsOnce() {
    queues.enqueueAll(IntStream.range(0, 50).mapToObj(i -> job("a" + i).group("g" + i)).toList());
    queues.enqueueAll(
        IntStream.range(0, 30)
            .mapToObj(i -> job("s" + i).group("g" + i).delay(Duration.ofHours(1 + (i * 7) % 30)))
            .toList());
    Waiting.until("all are there", () -> q().counts().equals(new Counts(50, 30, 0, 0, 0, 0)));
    var waiting = new HashSet<JobId>();
    for (int offset = 0; offset < 50; offset += 7) {
      q().list(Registry.WAITING, offset, 7).forEach(info -> waiting.add(info.id()));
    }
    var due = new ArrayList<JobState>();
    for (int offset = 0; offset < 30; offset += 7) {
      q().list(Registry.SCHEDULED, offset, 7).forEach(info -> due.add(info.state()));
    }

    assertEquals(50, waiting.size());
    var sorted = due.stream().sorted((a, b) -> at(a).compareTo(at(b))).toList();
    assertEquals(sorted, due);
    assertEquals(30, new HashSet<>(due).size());
  }

  private static Instant at(JobState state) {
    return ((JobState.Scheduled) state).at();
  }

  @Test
  void aProcessThatIsSetToAnotherNumberIsRefusedWithWhatToDo() {
    if (backend instanceof Backend.Server(var _, var uri, var partitions)) {
      var other = Queues.builder().server(uri).namespace(namespace).partitions(partitions + 1);
      var error = assertThrows(QueueException.WrongPartitions.class, other::open);

      assertEquals(partitions, error.remembered());
      assertEquals(partitions + 1, error.asked());
      assertTrue(error.toString().contains("stop the producers"), error.toString());
      assertTrue(error.toString().contains("{" + namespace + "}/partitions"));
    }
  }

  @Test
  void theConnectionsOfAWorkerAreAFewForEachPartition() {
    if (backend instanceof Backend.Server(var _, var uri, var partitions)) {
      try (var wire = new Wire(uri)) {
        start(queues.worker("q").concurrency(500), job -> Outcome.done());
        queues.enqueueAll(IntStream.range(0, 500).mapToObj(i -> job("a" + i)).toList());
        awaitEnded(500);

        // One for calls, and three of the worker.
        assertEquals(4 * partitions, clients(wire));
      }
    }
  }

  private int clients(Wire wire) {
    var all = String.valueOf(wire.call("CLIENT", "LIST"));
    return (int) all.lines().filter(line -> line.contains(namespace)).count();
  }
}
