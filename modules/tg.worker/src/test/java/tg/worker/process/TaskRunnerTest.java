package tg.worker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.api.BotToken;
import tg.api.Telegram;
import tg.outbox.Task;
import tg.outbox.Typing;
import tg.process.Settings;
import tg.queue.Job;
import tg.queue.JobId;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.Queues;

class TaskRunnerTest {
  @Test
  void aTaskOfANewerFormatIsPutBackForANewerWorkerAndNotFailed(@TempDir Path folder)
      throws Exception {
    var settings = Settings.read(Map.of("TG_TOKEN", "777:secret"));
    try (var queues = Queues.inMemory(InstantSource.system());
        var processors = new Processors();
        var telegram =
            Telegram.connect(URI.create("http://127.0.0.1:1"), BotToken.of("777:secret"));
        var incoming = Incoming.in(folder, telegram)) {
      var phrases = Phrase.load();
      var room =
          new TaskRunner.Room(processors, Duration.ofSeconds(10), new Typing(telegram), incoming);
      var runner =
          new TaskRunner(
              queues,
              Handlers.find(Optional.empty(), Optional.empty()),
              phrases,
              new Endings(phrases, settings.talk()),
              room);
      var body = new Job.Body(Payload.of("{\"v\":2,\"changed\":true}"), "c1.u1");
      var job =
          new Job(
              new JobId("1.2"), Task.QUEUE, "text", body, Instant.EPOCH, new Job.Tries(1, 0, 0));
      var outcome = runner.handle(job);
      assertEquals(Outcome.Postpone.class, outcome.getClass(), outcome.toString());
    }
  }
}
