package tg.worker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tg.outbox.Task;
import tg.queue.Job;
import tg.queue.JobId;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.Queues;

class TaskRunnerTest {
  @Test
  void aTaskOfANewerFormatIsPutBackForANewerWorkerAndNotFailed() throws Exception {
    try (var queues = Queues.inMemory(InstantSource.system());
        var processors = new Processors()) {
      var runner =
          new TaskRunner(
              queues, Handlers.find(Optional.empty()), processors, Duration.ofSeconds(10));
      var body = new Job.Body(Payload.of("{\"v\":2,\"changed\":true}"), "c1.u1");
      var job =
          new Job(
              new JobId("1.2"), Task.QUEUE, "text", body, Instant.EPOCH, new Job.Tries(1, 0, 0));
      var outcome = runner.handle(job);
      assertEquals(Outcome.Postpone.class, outcome.getClass(), outcome.toString());
    }
  }
}
