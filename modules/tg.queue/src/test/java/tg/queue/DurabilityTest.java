package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// Enqueues that wait until a disk or replicas have the jobs, with real replicas.
@ParameterizedClass(name = "on {0}")
@ArgumentsSource(EveryServer.class)
final class DurabilityTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Parameter ServerBinary binary = new ServerBinary("", Path.of(""));
  @TempDir Path folder = Path.of("");
  private final List<AutoCloseable> opened = new ArrayList<>();
  private ServerProcess server;

  @BeforeEach
  void startServer() {
    server = keep(ServerProcess.start(binary, folder.resolve("primary")).dyingWithJvm());
  }

  @AfterEach
  void closeAll() throws Exception {
    for (var one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void whatOneReplicaHasOutlivesTheServer() {
    var replica = replica(server);
    var queues = open(server.uri(), PATIENCE).durable(Durability.replica(1));
    Set<JobId> acknowledged = ConcurrentHashMap.newKeySet();
    var stopped = new AtomicInteger();
    for (int p = 0; p < 8; p++) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (true) {
                acknowledged.add(queues.enqueue(job()));
              }
            } catch (QueueException.Unavailable | QueueException.NotDurable e) {
              stopped.incrementAndGet();
            }
          });
    }
    Waiting.until("load", () -> acknowledged.size() >= 300);
    server.kill();
    Waiting.until("all have heard of it", () -> stopped.get() == 8);
    var heir = promoted(replica);

    var missing = acknowledged.stream().filter(id -> heir.queue("q").find(id).isEmpty()).toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void tooFewReplicasIsSaidAndTheJobIsInTheQueueAndOthersAreNotHeldUp() throws Exception {
    replica(server);
    var queues = open(server.uri(), PATIENCE);
    var errors = new ArrayList<QueueException.NotDurable>();
    var waiting =
        Thread.ofVirtual()
            .start(() ->
                errors.add(
                    assertThrows(
                        QueueException.NotDurable.class,
                        () -> queues.durable(Durability.replica(2)).enqueue(job()))));
    Waiting.until("it is added", () -> queues.queue("q").counts().waiting() == 1);
    long from = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      queues.enqueue(job());
      queues.durable(Durability.replica(1)).enqueue(job());
    }
    assertTrue(waiting.isAlive(), "done before the other's wait was over");
    assertTrue(System.nanoTime() - from < PATIENCE.toNanos());
    waiting.join();

    var error = errors.getFirst();
    assertEquals(1, error.reached());
    assertEquals(Durability.replica(2), error.required());
    var admission = assertInstanceOf(Admission.Accepted.class, error.admission());
    assertTrue(queues.queue("q").find(admission.ids().getFirst()).isPresent());
    assertTrue(text(error).startsWith("the jobs are in the queue"), text(error));
    assertTrue(text(error).contains("1 of 2 replicas"), text(error));
  }

  @Test
  void manyCallsShareOneWait() {
    replica(server);
    var queues = open(server.uri(), Duration.ofSeconds(20)).durable(Durability.replica(1));
    queues.enqueue(job());
    int before = calls("wait");
    Contract.inThreads(400, i -> queues.enqueue(job()));

    assertEquals(401, queues.queue("q").counts().waiting());
    int waits = calls("wait") - before;
    assertTrue(waits >= 1 && waits <= 100, waits + " waits for 400 calls");
  }

  @Test
  void theDiskIsAskedOnceForManyCallsAndAServerThatCannotSaysSo() {
    var queues =
        keep(
            Queues.builder()
                .server(server.uri())
                .durability(Durability.LOCAL)
                .patience(Duration.ofSeconds(20))
                .open());
    if (binary.name().startsWith("redis 7.0")) {
      var error = assertThrows(QueueException.NotDurable.class, () -> queues.enqueue(job()));
      assertTrue(text(error).contains("too old for this level"), text(error));
      assertEquals(1, queues.queue("q").counts().waiting());
    } else {
      Contract.inThreads(400, i -> queues.enqueue(job()));
      queues.durable(Durability.MEMORY).enqueue(job());
      int waits = calls("waitaof");
      assertTrue(waits >= 1 && waits <= 100, waits + " waits for 400 calls");
      assertEquals(401, queues.queue("q").counts().waiting());
    }
  }

  @Test
  void withoutAnAppendOnlyFileLocalIsRefusedAndSaysWhatToDo() {
    var volatileServer =
        keep(
            ServerProcess.start(binary, folder.resolve("volatile"), "--appendonly", "no")
                .dyingWithJvm());
    var queues = open(volatileServer.uri(), PATIENCE);
    var error =
        assertThrows(
            QueueException.NotDurable.class,
            () -> queues.durable(Durability.LOCAL).enqueueOnce("key", PATIENCE, List.of(job())));

    var expected = binary.name().startsWith("redis 7.0") ? "too old" : "set appendonly yes";
    assertTrue(text(error).contains(expected), text(error));
    assertEquals(1, queues.queue("q").counts().waiting());
    var again =
        assertThrows(
            QueueException.NotDurable.class,
            () -> queues.durable(Durability.LOCAL).enqueueOnce("key", PATIENCE, List.of(job())));
    assertInstanceOf(Admission.Repeated.class, again.admission());
  }

  @Test
  void aReplicaThatHangsIsWaitedForWithinThePatience() throws Exception {
    var replica = replica(server);
    var queues = open(server.uri(), Duration.ofSeconds(20)).durable(Durability.replica(1));
    queues.enqueue(job());
    replica.pause();
    var producer = Thread.ofVirtual().start(() -> queues.enqueue(job()));
    assertTrue(!producer.join(Duration.ofMillis(500)));
    replica.resume();
    assertTrue(producer.join(Duration.ofSeconds(10)));
    assertEquals(2, queues.queue("q").counts().waiting());
  }

  /// A new connection has written nothing: asked alone, it would say that all is well.
  @Test
  void aLostAnswerIsNoProofThatReplicasHaveTheJob() {
    var replica = replica(server);
    var proxy = keep(new CuttingProxy(server.uri()));
    var queues = open(proxy.uri(), PATIENCE).durable(Durability.replica(1));
    queues.enqueue(job());
    for (int lost = 1; lost <= 2; lost++) {
      // The answer to the call, then the one to the wait.
      proxy.cutAfter(lost);
      queues.enqueue(job());
      assertEquals(lost, proxy.cuts());
    }
    assertEquals(3, queues.queue("q").counts().waiting());

    replica.pause();
    proxy.cutAfter(1);
    var error = assertThrows(QueueException.NotDurable.class, () -> queues.enqueue(job()));
    assertEquals(3, proxy.cuts());
    assertEquals(0, error.reached());
    assertEquals(4, queues.queue("q").counts().waiting(), "not doubled");
    replica.resume();
  }

  private static String text(Throwable error) {
    return String.valueOf(error.getMessage());
  }

  private ServerProcess replica(ServerProcess of) {
    var replica = keep(of.startReplica(folder.resolve("replica")).dyingWithJvm());
    try (var wire = new Wire(replica.uri())) {
      Waiting.until(
          "the replica follows",
          () -> String.valueOf(wire.call("INFO", "replication")).contains("master_link_status:up"));
    }
    return replica;
  }

  private Queues promoted(ServerProcess replica) {
    try (var wire = new Wire(replica.uri())) {
      wire.call("REPLICAOF", "NO", "ONE");
    }
    return open(replica.uri(), PATIENCE);
  }

  private int calls(String command) {
    try (var wire = new Wire(server.uri())) {
      var stats = String.valueOf(wire.call("INFO", "commandstats"));
      var calls = Pattern.compile("cmdstat_" + command + ":calls=([0-9]+)").matcher(stats);
      return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
    }
  }

  private Queues open(URI uri, Duration patience) {
    return keep(Queues.builder().server(uri).patience(patience).open());
  }

  private static NewJob job() {
    return NewJob.of("q", "t", Payload.of("x"));
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.add(resource);
    return resource;
  }
}
