package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;
import tg.valkey.Ensemble;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// Replicas that take the place of their primary: through real Sentinels, and without.
@ParameterizedClass(name = "on {0}")
@ArgumentsSource(EveryServer.class)
final class FailoverTest {
  private static final Duration SILENCE = Duration.ofSeconds(1);

  @Parameter ServerBinary binary = new ServerBinary("", Path.of(""));
  @TempDir Path folder = Path.of("");
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Set<JobId> acknowledged = ConcurrentHashMap.newKeySet();
  private volatile boolean enough;

  @AfterEach
  void closeAll() throws Exception {
    for (var one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void whatAReplicaHadIsThereWhenSentinelsPutItInThePlaceOfADeadPrimary() {
    var ensemble = keep(Ensemble.start(binary, folder, 1, SILENCE).dyingWithJvm());
    var queues =
        keep(
            Queues.builder()
                .server(ensemble.uri())
                .durability(Durability.replica(1))
                .patience(Duration.ofSeconds(3))
                .open());
    keep(queues.worker("q").lease(Duration.ofSeconds(2)).start(job -> Outcome.done()));
    var producers = new ArrayList<Thread>();
    for (int p = 0; p < 4; p++) {
      int producer = p;
      producers.add(Thread.ofVirtual().start(() -> produce(queues, producer)));
    }
    Waiting.until("load", () -> acknowledged.size() > 200);
    var first = ensemble.primary();
    first.kill();
    var second = ensemble.awaitFailover(first);
    assertNotEquals(first.port(), second.port());
    first.restart();
    ensemble.follow(first);
    int before = acknowledged.size();
    Waiting.until("it goes on", () -> acknowledged.size() > before + 200);
    enough = true;
    Waiting.until("producers end", () -> producers.stream().noneMatch(Thread::isAlive));
    awaitDone(queues);

    var lost = acknowledged.stream().filter(id -> queues.queue("q").find(id).isEmpty()).toList();
    assertEquals(List.of(), lost);
  }

  /// The replica has stopped listening before the primary's last words: it believes that jobs run
  /// which have ended, and must not believe so for ever.
  @Test
  void jobsThatALaggingReplicaBelievesToRunAreRunAgain() {
    var primary = start("primary");
    var replica = keep(primary.startReplica(folder.resolve("replica")).dyingWithJvm());
    Waiting.until("it follows", () -> info(replica).contains("master_link_status:up"));
    var place = new Place(primary.uri());
    var queues = open(place);
    var ended = new AtomicInteger();
    var held = new CountDownLatch(1);
    keep(
        queues
            .worker("q")
            .concurrency(4)
            .lease(Duration.ofSeconds(1))
            .start(job -> {
              if (ended.incrementAndGet() > 50) {
                held.await();
              }
              return Outcome.done();
            }));
    for (int i = 0; i < 100; i++) {
      acknowledged.add(queues.enqueue(job()));
    }
    Waiting.until("four are held", () -> ended.get() == 54);
    Waiting.until("the replica knows it", () -> offset(replica).equals(offset(primary)));
    call(replica, "REPLICAOF", "NO", "ONE");
    held.countDown();
    Waiting.until("all are done", () -> queues.queue("q").counts().finished() == 100);
    place.latest.set(ServerUri.read(replica.uri()).now());
    primary.kill();
    awaitDone(queues);

    assertEquals(100, queues.queue("q").counts().finished());
    assertTrue(acknowledged.stream().allMatch(id -> queues.queue("q").find(id).isPresent()));
  }

  /// Without Sentinels: one address, behind which somebody changes the server.
  @Test
  void anAddressThatLeadsToAnotherServerIsFollowedWhenTheOldOneRefuses() {
    var first = start("first");
    var second = keep(first.startReplica(folder.resolve("second")).dyingWithJvm());
    Waiting.until("it follows", () -> info(second).contains("master_link_status:up"));
    var place = new Place(first.uri());
    var queues = open(place);
    keep(queues.worker("q").start(job -> Outcome.done()));
    for (int i = 0; i < 20; i++) {
      acknowledged.add(queues.durable(Durability.replica(1)).enqueue(job()));
    }
    call(second, "REPLICAOF", "NO", "ONE");
    place.latest.set(ServerUri.read(second.uri()).now());
    // The connections stay: only a refusal tells them.
    call(first, "REPLICAOF", "127.0.0.1", String.valueOf(second.port()));
    for (int i = 0; i < 20; i++) {
      acknowledged.add(queues.enqueue(job()));
    }
    awaitDone(queues);

    assertEquals(40, queues.queue("q").counts().finished());
    assertTrue(queues.server().contains(String.valueOf(first.port())), "where it was opened");
  }

  @Test
  void sentinelsThatDoNotKnowTheNameSaySo() {
    var ensemble = keep(Ensemble.start(binary, folder, 1, SILENCE).dyingWithJvm());
    var uri = URI.create(ensemble.uri().toString().replace("/main", "/other"));
    var builder = Queues.builder().server(uri).patience(Duration.ofMillis(300));
    var error = assertThrows(QueueException.Unavailable.class, builder::open);
    var text = String.valueOf(error.getMessage());
    assertTrue(text.contains("no Sentinel knows where other is"), text);

    ensemble.sentinels().getFirst().close();
    keep(Queues.builder().server(ensemble.uri()).open()).ping();
  }

  private void produce(Queues queues, int producer) {
    for (int i = 0; !enough; i++) {
      var id = new JobId("p" + producer + "." + i);
      boolean done = false;
      while (!done && !enough) {
        try {
          acknowledged.add(queues.enqueue(job().id(id)));
          done = true;
        } catch (QueueException.NotDurable | QueueException.Unavailable e) {
          // Not acknowledged: again, under the same name.
          done = false;
        }
      }
    }
  }

  private static void awaitDone(Queues queues) {
    Waiting.until(
        "all is done",
        () -> {
          var now = queues.queue("q").counts();
          return now.waiting() + now.running() + now.scheduled() == 0;
        });
  }

  private Queues open(Whereabouts whereabouts) {
    var settings = Settings.DEFAULT;
    return keep(
        Queues.open(whereabouts, settings, Treatment.NONE, new Routes(settings.namespace(), 1)));
  }

  private ServerProcess start(String name) {
    return keep(ServerProcess.start(binary, folder.resolve(name)).dyingWithJvm());
  }

  private static String info(ServerProcess server) {
    return call(server, "INFO", "replication");
  }

  private static String offset(ServerProcess server) {
    return info(server)
        .lines()
        .filter(line -> line.startsWith("master_repl_offset:"))
        .findFirst()
        .orElseThrow();
  }

  private static String call(ServerProcess server, String... words) {
    try (var wire = new Wire(server.uri())) {
      return String.valueOf(wire.call(words));
    }
  }

  private static NewJob job() {
    return NewJob.of("q", "t", Payload.of("x"));
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.add(resource);
    return resource;
  }

  /// A server that the test moves.
  private record Place(AtomicReference<ServerAddress> latest) implements Whereabouts {
    Place(URI uri) {
      this(new AtomicReference<>(ServerUri.read(uri).now()));
    }

    @Override
    public ServerAddress now() {
      return latest.get();
    }
  }
}
