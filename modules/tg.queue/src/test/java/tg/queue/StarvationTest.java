package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// Jobs that take every processor and ignore interrupts.
@Isolated("the processors are for the jobs")
final class StarvationTest {
  @TempDir Path folder = Path.of("");

  @Test
  void aWorkerWhoseJobsTakeAllProcessorsLosesNoLease() {
    int cores = Runtime.getRuntime().availableProcessors();
    var lease = Duration.ofSeconds(2);
    var binary =
        ServerBinary.valkeyOnPath()
            .orElseGet(() -> ServerBinary.embedded(Path.of("target", "servers")));
    try (var server = ServerProcess.start(binary, folder).dyingWithJvm();
        var queues = Queues.builder().server(server.uri()).namespace("starve").open();
        var child = Child.start(server.uri(), "starve", cores, lease)) {
      var spin = NewJob.of("q", "t", Payload.of("spin 30"));
      var ids = queues.enqueueAll(IntStream.range(0, cores).mapToObj(i -> spin).toList());
      Waiting.until("all run", () -> child.count("start") == cores);
      try (var thief =
          queues.worker("q").lease(lease).start(job -> Outcome.failed("stolen by another"))) {
        Waiting.until("all ended", Duration.ofSeconds(80), () -> child.count("end") == cores);
        Waiting.until("all is recorded", () -> queues.queue("q").counts().running() == 0);
        assertEquals(0, thief.running());
      }
      for (var id : ids) {
        var info = queues.queue("q").find(id).orElseThrow();
        assertInstanceOf(JobState.Finished.class, info.state());
        assertEquals(new Job.Tries(1, 0, 0), info.job().tries());
      }
    }
  }
}
