package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tg.valkey.ClusterProcesses;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// A namespace on a real cluster of three nodes.
// One after the other: they move and kill what the others use.
@Execution(ExecutionMode.SAME_THREAD)
final class ClusterTest {
  private static final int PARTITIONS = 6;

  @TempDir static Path folder = Path.of("");
  private static ServerBinary binary = new ServerBinary("", Path.of(""));
  private static ClusterProcesses cluster;

  @BeforeAll
  static void startCluster() {
    binary = ServerBinary.find(Path.of("target", "servers"));
    cluster = ClusterProcesses.start(binary, folder.resolve("nodes"), 3);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void aNamespaceIsSpreadOverAllNodes() {
    try (var queues = open("spread")) {
      var ids =
          queues.enqueueAll(IntStream.range(0, 60).mapToObj(i -> job("a" + i, "g" + i)).toList());
      Waiting.until("all are there", () -> queues.queue("q").counts().waiting() == 60);
      for (var node : cluster.nodes().subList(0, 3)) {
        try (var wire = new Wire(node.uri())) {
          assertTrue(
              wire.keys("{spread/*}/q/q/j").size() >= 1, "node " + node.port() + " has no jobs");
        }
      }
      try (var worker =
          queues
              .worker("q")
              .start(
                  job -> Outcome.done(job.payload()).then(NewJob.of("next", "t", job.payload())))) {
        Waiting.until("all follow", () -> queues.queue("next").counts().waiting() == 60);
        assertEquals(60, queues.queue("q").counts().finished());
        assertTrue(worker.drain(Duration.ofSeconds(5)));
      }
      for (var id : ids) {
        assertEquals(1, queues.queue("q").find(id).orElseThrow().job().attempt());
      }
      assertTrue(queues.tryLease("l", Duration.ofSeconds(5)).isPresent());
      assertTrue(queues.tryLease("l", Duration.ofSeconds(5)).isEmpty());
    }
  }

  @Test
  void aNamespaceOfOnePartitionIsOnOneNode() {
    try (var queues = builder("one").open()) {
      var id = queues.enqueue(job("a", "g"));
      try (var _ = queues.worker("q").start(job -> Outcome.done())) {
        Waiting.until("it is done", () -> queues.queue("q").counts().finished() == 1);
      }
      assertTrue(queues.queue("q").find(id).isPresent());
    }
  }

  @Test
  void movingTheSlotsOfPartitionsWhileWorkingLosesAndDoublesNothing() throws Exception {
    var routes = new Routes("move", PARTITIONS);
    try (var queues = open("move");
        var work = new Work(queues)) {
      work.awaitDone(200);
      int keys = 0;
      for (int partition = 0; partition < 3; partition++) {
        int slot = routes.slot(partition);
        var from = cluster.owner(slot);
        keys += cluster.move(slot, other(from));
        work.awaitDone(100);
        keys += cluster.move(slot, from);
        work.awaitDone(100);
      }
      assertTrue(keys > 12, "only " + keys + " keys were moved");
      work.finish();
    }
  }

  @Test
  void whenANodeDiesItsReplicaGoesOnWithItsPartitions() throws Exception {
    var first = cluster.owner(new Routes("fail", PARTITIONS).slot(0));
    var replica = cluster.addReplica(binary, folder.resolve("replica"), first);
    try (var queues = open("fail")) {
      var work = new Work(queues);
      work.awaitDone(100);
      work.stopProducing();
      Waiting.until("all is done", () -> work.open() == 0);
      // What is waiting now is on the replica, too.
      var late =
          queues.enqueueAll(
              IntStream.range(0, 60)
                  .mapToObj(i -> job("late" + i, "g" + i).delay(Duration.ofSeconds(3)))
                  .toList());
      Waiting.until("all are there", () -> queues.queue("q").counts().scheduled() == 60);
      try (var wire = new Wire(first.uri())) {
        assertEquals(1L, wire.call("WAIT", "1", "5000"));
      }
      first.kill();
      Waiting.until(
          "the late ones are done",
          Duration.ofSeconds(60),
          () ->
              late.stream()
                  .allMatch(id ->
                      queues
                          .queue("q")
                          .find(id)
                          .filter(info -> info.state() instanceof JobState.Finished)
                          .isPresent()));
      work.close();
    } finally {
      first.restart();
      Waiting.until(
          "it is a replica now, and back",
          () -> {
            try (var wire = new Wire(first.uri())) {
              return String.valueOf(wire.call("ROLE")).contains("connected");
            }
          });
      assertTrue(replica.isAlive());
    }
  }

  private static ServerProcess other(ServerProcess node) {
    return IntStream.of(0, 6_000, 12_000)
        .mapToObj(cluster::owner)
        .filter(owner -> owner != node)
        .findFirst()
        .orElseThrow();
  }

  private static Queues.Builder builder(String namespace) {
    return Queues.builder()
        .server(cluster.uri())
        .namespace(namespace)
        .patience(Duration.ofSeconds(60));
  }

  private static Queues open(String namespace) {
    return builder(namespace).partitions(PARTITIONS).open();
  }

  private static NewJob job(String text, String group) {
    return NewJob.of("q", "t", Payload.of(text)).group(group);
  }

  /// Threads that enqueue, and a worker that does, all the time.
  private static final class Work implements AutoCloseable {
    private final Queues queues;
    private final Set<JobId> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final List<Thread> producers;
    private final Worker worker;

    Work(Queues queues) {
      this.queues = queues;
      this.worker =
          queues
              .worker("q")
              .concurrency(20)
              .groupLimit(2)
              .start(job ->
                  Outcome.done()
                      .then(NewJob.of("next", "t", job.payload()))
                      .then(NewJob.of("next", "t", job.payload()).group("x" + job.id())));
      this.producers =
          IntStream.range(0, 3).mapToObj(i -> Thread.ofVirtual().start(() -> produce(i))).toList();
    }

    private void produce(int number) {
      for (int i = 0; !stopping.get(); i++) {
        var name = number + "." + i;
        acknowledged.add(queues.enqueue(job(name, "g" + i % 23).id(new JobId(name))));
        Waiting.until("there is room", Duration.ofSeconds(60), () -> open() < 200);
      }
    }

    long open() {
      var counts = queues.queue("q").counts();
      return counts.waiting() + counts.scheduled() + counts.running();
    }

    void awaitDone(int more) {
      long target = queues.queue("q").counts().finished() + more;
      Waiting.until(
          more + " more are done",
          Duration.ofSeconds(60),
          () -> queues.queue("q").counts().finished() >= target);
    }

    void stopProducing() throws InterruptedException {
      stopping.set(true);
      for (var producer : producers) {
        producer.join();
      }
    }

    /// Every acknowledged job has ended well, and has each follow-up once.
    void finish() throws InterruptedException {
      stopProducing();
      Waiting.until("all is done", Duration.ofSeconds(60), () -> open() == 0);
      int count = acknowledged.size();
      for (var id : acknowledged) {
        var info =
            queues.queue("q").find(id).orElseThrow(() -> new AssertionError(id + " is lost"));
        assertInstanceOf(JobState.Finished.class, info.state());
      }
      assertEquals(count, queues.queue("q").counts().finished());
      Waiting.until("all follow", () -> queues.queue("next").counts().waiting() >= 2L * count);
      assertEquals(2L * count, queues.queue("next").counts().waiting());
      var texts = new HashSet<String>();
      for (int offset = 0; offset < 2 * count; offset += 1_000) {
        queues.queue("next").list(Registry.WAITING, offset, 1_000).stream()
            .map(info -> info.job().payload().text())
            .forEach(texts::add);
      }
      assertEquals(count, texts.size());
    }

    @Override
    public void close() {
      stopping.set(true);
      worker.close();
    }
  }
}
