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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// Servers that die and come back, connections that break, answers that get lost.
@ParameterizedClass(name = "on {0}")
@ArgumentsSource(EveryServer.class)
final class ConnectionLossTest {
  private static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  @Parameter ServerBinary binary = new ServerBinary("", Path.of(""));
  @TempDir Path folder = Path.of("");
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Map<JobId, LongAdder> runs = new ConcurrentHashMap<>();
  private ServerProcess server;

  @BeforeEach
  void startServer() {
    server = keep(ServerProcess.start(binary, folder, "--appendfsync", "always").dyingWithJvm());
  }

  @AfterEach
  void closeAll() throws Exception {
    for (var one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void whatWasAcknowledgedSurvivesTheDeathOfTheServerAndWorkersGoOn() {
    var queues = open(server.uri());
    startWorker(queues);
    Set<JobId> acknowledged = ConcurrentHashMap.newKeySet();
    var producers = new ArrayList<Thread>();
    for (int p = 0; p < 10; p++) {
      producers.add(Thread.ofVirtual().start(() -> produce(queues, 100, acknowledged)));
    }
    for (int crash = 1; crash <= 2; crash++) {
      int enough = crash * 250;
      Waiting.until("load", () -> acknowledged.size() >= enough);
      server.kill();
      server.restart();
    }
    join(producers);
    awaitIdle(queues);

    assertEquals(1_000, acknowledged.size());
    assertEquals(1_000, queues.queue("q").counts().finished());
    assertTrue(runs.keySet().containsAll(acknowledged), "each ran");
  }

  @Test
  void killedConnectionsDoubleNothingAndStrandNothing() {
    var queues = open(server.uri());
    startWorker(queues);
    Set<JobId> acknowledged = ConcurrentHashMap.newKeySet();
    var producers = new ArrayList<Thread>();
    for (int p = 0; p < 10; p++) {
      producers.add(Thread.ofVirtual().start(() -> produce(queues, 200, acknowledged)));
    }
    var killed = new AtomicInteger();
    try (var wire = new Wire(server.uri())) {
      Waiting.until(
          "the load is over",
          () -> {
            if (killed.get() < 15 && acknowledged.size() > killed.get() * 100) {
              wire.call("CLIENT", "KILL", "TYPE", "normal");
              killed.incrementAndGet();
            }
            return producers.stream().noneMatch(Thread::isAlive);
          });
    }
    awaitIdle(queues);

    assertEquals(15, killed.get());
    assertEachRanOnce(queues, acknowledged, 2_000);
  }

  @Test
  void whoWaitsForAJobIsToldAlthoughConnectionsBreakAndTheServerDies() {
    var queues = open(server.uri());
    var ids = new ArrayList<JobId>();
    for (int i = 0; i < 100; i++) {
      ids.add(queues.enqueue(job()));
    }
    var told = ConcurrentHashMap.<JobId>newKeySet();
    var threads =
        ids.stream().map(id -> Thread.ofVirtual().start(() -> await(queues, id, told))).toList();
    try (var wire = new Wire(server.uri())) {
      Waiting.until(
          "all are waited for",
          () ->
              wire.call("ZCARD", "{" + queues.namespace() + "}/q/q/by") instanceof Long many
                  && many == 100);
      wire.call("CLIENT", "KILL", "TYPE", "normal");
    }
    server.kill();
    server.restart();
    var others = open(server.uri());
    startWorker(others);
    join(threads);
    assertEquals(Set.copyOf(ids), told);
  }

  private static void await(Queues queues, JobId id, Set<JobId> told) {
    try {
      queues.queue("q").await(id, Waiting.LIMIT).ifPresent(info -> told.add(info.id()));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anEnqueueWhoseAnswerIsLostIsNotDoubled() {
    var proxy = keep(new CuttingProxy(server.uri()));
    var queues = open(proxy.uri());
    queues.ping();
    for (int i = 1; i <= 10; i++) {
      proxy.cutNext();
      var id = queues.enqueue(job());
      assertEquals(i, proxy.cuts(), "the answer was lost");
      assertEquals(i, queues.queue("q").counts().waiting());
      assertTrue(queues.queue("q").find(id).isPresent());
    }
  }

  @Test
  void aReplacementAndAnAdmissionWhoseAnswersAreLostSayWhatTheyWouldHaveSaid() {
    var proxy = keep(new CuttingProxy(server.uri()));
    var queues = open(proxy.uri());
    queues.ping();
    proxy.cutNext();
    assertInstanceOf(
        Admission.Accepted.class,
        queues.enqueueOnce("once", Duration.ofMinutes(1), List.of(job())));
    assertInstanceOf(
        Admission.Repeated.class,
        queues.enqueueOnce("once", Duration.ofMinutes(1), List.of(job())));
    proxy.cutNext();
    var lease = queues.tryLease("lease", Duration.ofMinutes(1));
    assertTrue(lease.isPresent(), "taken, though the answer was lost");
    assertEquals(2, proxy.cuts());
    assertEquals(1, queues.queue("q").counts().waiting());
  }

  @Test
  void outcomesAndClaimsWhoseAnswersAreLostAreNeitherDoubledNorStranded() {
    var direct = open(server.uri());
    var proxy = keep(new CuttingProxy(server.uri()));
    var queues = open(proxy.uri());
    startWorker(queues);
    Set<JobId> acknowledged = ConcurrentHashMap.newKeySet();
    proxy.cutEvery(7);
    var producers = new ArrayList<Thread>();
    for (int p = 0; p < 10; p++) {
      producers.add(Thread.ofVirtual().start(() -> produce(queues, 20, acknowledged)));
    }
    join(producers);
    Waiting.until("most are done", () -> direct.queue("q").counts().finished() > 150);
    proxy.heal();
    awaitIdle(direct);

    assertTrue(proxy.cuts() >= 10, proxy.cuts() + " cuts");
    assertEachRanOnce(direct, acknowledged, 200);
  }

  @Test
  void withoutAServerACallFailsInTimeAndSaysSo() {
    var queues =
        keep(
            Queues.builder()
                .server(server.uri())
                .namespace("loss")
                .patience(Duration.ofMillis(300))
                .open());
    queues.ping();
    server.kill();
    long from = System.nanoTime();
    var error = assertThrows(QueueException.Unavailable.class, () -> queues.enqueue(job()));

    assertTrue(System.nanoTime() - from < Duration.ofSeconds(3).toNanos());
    assertTrue(error.waited().compareTo(Duration.ofMillis(250)) >= 0, "" + error.waited());
    assertThrows(QueueException.Unavailable.class, queues::ping);
    assertThrows(
        QueueException.Unavailable.class, () -> queues.worker("q").start(job -> Outcome.done()));
    server.restart();
    queues.enqueue(job());
    assertTrue(queues.queue("q").counts().waiting() >= 1);
  }

  @Test
  void aHangingServerIsNoticedAndAWaitedForCallGoesThroughAfterwards() throws Exception {
    var queues = open(server.uri());
    startWorker(queues);
    queues.ping();
    server.pause();
    Set<JobId> acknowledged = ConcurrentHashMap.newKeySet();
    var producer = Thread.ofVirtual().start(() -> produce(queues, 1, acknowledged));
    assertTrue(!producer.join(Duration.ofMillis(500)));
    server.resume();
    join(List.of(producer));
    awaitIdle(queues);

    assertEachRanOnce(queues, acknowledged, 1);
  }

  private void assertEachRanOnce(Queues queues, Set<JobId> acknowledged, int total) {
    assertEquals(total, acknowledged.size());
    assertEquals(total, queues.queue("q").counts().finished());
    assertEquals(acknowledged, runs.keySet());
    var often =
        runs.entrySet().stream()
            .filter(entry -> entry.getValue().sum() != 1)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertEquals(Map.of(), often, "ran more than once");
    assertEquals(total, queues.queue("next").counts().waiting(), "one follow-up each");
  }

  private void startWorker(Queues queues) {
    keep(
        queues
            .worker("q")
            .concurrency(20)
            .start(job -> {
              runs.computeIfAbsent(job.id(), id -> new LongAdder()).increment();
              return Outcome.done().then(NewJob.of("next", "t", job.payload()));
            }));
  }

  private static void produce(Queues queues, int count, Set<JobId> acknowledged) {
    for (int i = 0; i < count; i++) {
      acknowledged.add(queues.enqueue(job()));
    }
  }

  private static void awaitIdle(Queues queues) {
    var q = queues.queue("q");
    try {
      Waiting.until(
          "all is done",
          () -> {
            var now = q.counts();
            return now.waiting() + now.running() + now.scheduled() == 0 && !now.equals(NONE);
          });
    } catch (AssertionError e) {
      throw new AssertionError(
          e.getMessage() + ": " + q.counts() + " " + q.list(Registry.RUNNING, 0, 10), e);
    }
  }

  private static void join(List<Thread> threads) {
    Waiting.until("the producers ended", () -> threads.stream().noneMatch(Thread::isAlive));
  }

  private Queues open(URI uri) {
    return keep(
        Queues.builder().server(uri).namespace("loss").patience(Duration.ofSeconds(20)).open());
  }

  private static NewJob job() {
    return NewJob.of("q", "t", Payload.of("x"));
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.add(resource);
    return resource;
  }
}
