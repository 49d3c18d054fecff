package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// Real worker processes that are killed, stopped and starved.
@Isolated("the processors are for the worker processes")
@ParameterizedClass(name = "on {0}")
@ArgumentsSource(EveryServer.class)
final class ProcessCrashTest {
  private static final Duration LEASE = Duration.ofSeconds(1);

  @Parameter ServerBinary binary = new ServerBinary("", Path.of(""));
  @TempDir Path folder = Path.of("");
  private final List<AutoCloseable> opened = new ArrayList<>();
  private ServerProcess server;
  private Queues queues;

  @BeforeEach
  void startServer() {
    server = keep(ServerProcess.start(binary, folder).dyingWithJvm());
    queues =
        keep(
            Queues.builder()
                .server(server.uri())
                .namespace("crash")
                .patience(Duration.ofSeconds(20))
                .open());
  }

  @AfterEach
  void closeAll() throws Exception {
    for (var one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void everyJobOfAKilledWorkerRunsAgainElsewhereAndNoneIsLost() {
    var child = keep(Child.start(server.uri(), "crash", 10, LEASE));
    var ids = enqueue(30, "hang");
    Waiting.until("ten run", () -> child.count("start") == 10);
    child.kill();
    long from = System.nanoTime();
    var runs = new Runs();
    keep(queues.worker("q").concurrency(4).lease(LEASE).start(runs));
    Waiting.until("all are done", () -> q().counts().finished() == 30);

    assertTrue(System.nanoTime() - from < Duration.ofSeconds(6).toNanos(), "lease + 5 s");
    assertEquals(30, runs.jobs().size());
    var crashed =
        runs.jobs().stream()
            .filter(job -> job.tries().equals(new Job.Tries(2, 0, 1)))
            .map(Job::id)
            .toList();
    assertEquals(List.copyOf(ids.subList(0, 10)), crashed.stream().sorted().toList());
    assertEquals(
        20, runs.jobs().stream().filter(job -> job.tries().equals(new Job.Tries(1, 0, 0))).count());
  }

  @Test
  void aWorkerStoppedForTwoLeasesChangesNothingItNoLongerOwns() {
    var child = keep(Child.start(server.uri(), "crash", 5, LEASE));
    var ids = enqueue(5, "hang");
    Waiting.until("all run", () -> child.count("start") == 5);
    child.pause();
    long stopped = System.nanoTime();
    var worker =
        keep(
            queues
                .worker("q")
                .lease(LEASE)
                .start(job -> Outcome.done(Payload.of("heir " + job.attempt()))));
    Waiting.until("the heir did them all", () -> q().counts().finished() == 5);
    Waiting.until(
        "two leases are over", () -> System.nanoTime() - stopped > LEASE.multipliedBy(2).toNanos());
    child.resume();
    Waiting.until("its handlers were told", () -> child.count("interrupted") == 5);
    child.go();
    Waiting.until("its handlers ended", () -> child.count("end") == 5);
    worker.drain(Duration.ofSeconds(5));
    var later = queues.enqueue(job("quick"));
    Waiting.until("it works on", () -> child.said("end").contains(later + " 1"));
    Waiting.until("and is heard", () -> q().counts().finished() == 6);

    for (var id : ids) {
      var state = assertInstanceOf(JobState.Finished.class, q().find(id).orElseThrow().state());
      assertEquals("heir 2", state.result().text());
    }
    assertEquals(1, queues.queue("next").counts().waiting(), "only the later job's follow-up");
  }

  private List<JobId> enqueue(int count, String text) {
    return queues.enqueueAll(IntStream.range(0, count).mapToObj(i -> job(text)).toList());
  }

  private static NewJob job(String text) {
    return NewJob.of("q", "t", Payload.of(text));
  }

  private JobQueue q() {
    return queues.queue("q");
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.add(resource);
    return resource;
  }
}
