package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// Servers that are there and refuse to work: an impatient producer hears why, a patient one waits,
/// workers wait and go on, and nothing is lost or doubled. Each is brought into that state.
@ParameterizedClass(name = "on {0}")
@ArgumentsSource(EveryServer.class)
final class ServerStateTest {
  private static final int JOBS = 40;

  @Parameter ServerBinary binary = new ServerBinary("", Path.of(""));
  @TempDir Path folder = Path.of("");
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Map<JobId, LongAdder> runs = new ConcurrentHashMap<>();
  private final Set<JobId> acknowledged = ConcurrentHashMap.newKeySet();

  @AfterEach
  void closeAll() throws Exception {
    for (var one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void outOfMemory() {
    var server = start();
    whileItRefuses(
        server,
        "OOM",
        () -> call(server, "CONFIG", "SET", "maxmemory", "1"),
        () -> call(server, "CONFIG", "SET", "maxmemory", "0"));
  }

  @Test
  void aReplicaThatMayNotBeWrittenTo() {
    var server = start();
    whileItRefuses(
        server,
        "READONLY",
        () -> call(server, "REPLICAOF", "127.0.0.1", "1"),
        () -> call(server, "REPLICAOF", "NO", "ONE"));
  }

  @Test
  void aReplicaThatServesNothingWithoutItsPrimary() {
    var server = start("--replica-serve-stale-data", "no");
    whileItRefuses(
        server,
        "MASTERDOWN",
        () -> call(server, "REPLICAOF", "127.0.0.1", "1"),
        () -> call(server, "REPLICAOF", "NO", "ONE"));
  }

  @Test
  void aDiskThatCannotBeWritten() throws IOException {
    var server = start("--dbfilename", "snapshot");
    var inTheWay = folder.resolve("server").resolve("snapshot");
    whileItRefuses(
        server,
        "MISCONF",
        () -> {
          Files.createDirectory(inTheWay);
          call(server, "CONFIG", "SET", "save", "3600 1");
          save(server, "err");
        },
        () -> {
          Files.delete(inTheWay);
          save(server, "ok");
        });
  }

  @Test
  void tooFewReplicas() {
    var server = start();
    whileItRefuses(
        server,
        "NOREPLICAS",
        () -> call(server, "CONFIG", "SET", "min-replicas-to-write", "1"),
        () -> call(server, "CONFIG", "SET", "min-replicas-to-write", "0"));
  }

  @Test
  void aServerThatStillLoads() {
    var server =
        start("--enable-debug-command", "yes", "--loading-process-events-interval-bytes", "1024");
    call(server, "DEBUG", "POPULATE", "20000");
    try (var wire = new Wire(server.uri())) {
      whileItRefuses(
          server,
          "LOADING",
          () -> {
            call(server, "CONFIG", "SET", "key-load-delay", "1000");
            wire.send("DEBUG", "RELOAD");
            Waiting.until(
                "it loads", () -> call(server, "INFO", "persistence").contains("loading:1"));
          },
          () -> call(server, "CONFIG", "SET", "key-load-delay", "0"));
    }
  }

  @Test
  void aClusterWithoutSlots() {
    var server = start("--cluster-enabled", "yes");
    call(server, "CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    Waiting.until("it serves", () -> call(server, "CLUSTER", "INFO").contains("state:ok"));
    whileItRefuses(
        server,
        "CLUSTERDOWN",
        () -> {
          call(server, "CONFIG", "SET", "cluster-allow-reads-when-down", "no");
          call(server, "CLUSTER", "DELSLOTSRANGE", "0", "1");
          Waiting.until("it is down", () -> call(server, "CLUSTER", "INFO").contains("state:fail"));
        },
        () -> call(server, "CLUSTER", "ADDSLOTSRANGE", "0", "1"));
  }

  @Test
  void scriptsThatAreForgotten() {
    var server = start();
    var queues = open(server, Duration.ofSeconds(20));
    startWorker(queues);
    for (int i = 0; i < 5; i++) {
      produce(queues, 5);
      call(server, "SCRIPT", "FLUSH");
    }
    assertEachRanOnce(queues, 25);
  }

  private interface Step {
    void run() throws IOException;
  }

  private void whileItRefuses(ServerProcess server, String word, Step refuse, Step serve) {
    var patient = open(server, Duration.ofSeconds(20));
    var impatient = open(server, Duration.ofMillis(200));
    startWorker(patient);
    produce(patient, JOBS);
    Waiting.until("all are done", () -> patient.queue("q").counts().finished() == JOBS);
    try {
      refuse.run();
      var error = assertThrows(QueueException.Unavailable.class, () -> impatient.enqueue(job()));
      assertTrue(String.valueOf(error.getMessage()).contains(word), error.getMessage());
      assertTrue(!error.outcomeUnknown(), "it was refused");
      var producer = Thread.ofVirtual().start(() -> produce(patient, JOBS));
      assertTrue(!producer.join(Duration.ofMillis(1_500)), "it waits");
      serve.run();
      assertTrue(producer.join(Duration.ofSeconds(10)), "it goes on");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    assertEachRanOnce(patient, 2 * JOBS);
  }

  private void assertEachRanOnce(Queues queues, int total) {
    Waiting.until("all are done", () -> queues.queue("q").counts().finished() == total);
    assertEquals(total, acknowledged.size());
    assertEquals(acknowledged, runs.keySet());
    assertEquals(
        Set.of(1L), runs.values().stream().map(LongAdder::sum).collect(Collectors.toSet()));
    assertEquals(total, queues.queue("next").counts().waiting());
  }

  private void startWorker(Queues queues) {
    keep(
        queues
            .worker("q")
            .start(job -> {
              runs.computeIfAbsent(job.id(), id -> new LongAdder()).increment();
              return Outcome.done().then(NewJob.of("next", "t", job.payload()));
            }));
  }

  private void produce(Queues queues, int count) {
    for (int i = 0; i < count; i++) {
      acknowledged.add(queues.enqueue(job()));
    }
  }

  /// Saves a snapshot, in vain or not.
  private static void save(ServerProcess server, String status) {
    call(server, "BGSAVE");
    Waiting.until(
        "it was saved",
        () -> {
          var state = call(server, "INFO", "persistence");
          return state.contains("rdb_bgsave_in_progress:0")
              && state.contains("rdb_last_bgsave_status:" + status);
        });
  }

  private static String call(ServerProcess server, String... words) {
    try (var wire = new Wire(server.uri())) {
      return String.valueOf(wire.call(words));
    }
  }

  private ServerProcess start(String... options) {
    return keep(ServerProcess.start(binary, folder.resolve("server"), options).dyingWithJvm());
  }

  private Queues open(ServerProcess server, Duration patience) {
    return keep(Queues.builder().server(server.uri()).patience(patience).open());
  }

  private static NewJob job() {
    return NewJob.of("q", "t", Payload.of("x"));
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.add(resource);
    return resource;
  }
}
