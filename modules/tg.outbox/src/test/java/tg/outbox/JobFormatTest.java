package tg.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tg.api.Button;
import tg.api.Call;
import tg.api.MessageRef;
import tg.queue.Job;
import tg.queue.JobId;
import tg.queue.NewJob;
import tg.queue.Payload;

class JobFormatTest {
  private static final MessageRef ASKED = new MessageRef(-1001234567890L, 42, 7);
  private static final List<List<Button>> BUTTONS = List.of(List.of(new Button("Cancel", "c:1")));

  @Test
  void aTaskComesOutOfItsJobAsItWentIn() {
    var asker = new Task.Asker(9007199254740993L, "Ann \"Z\" Ünal", "de");
    var task =
        new Task(new JobId("7.8"), ASKED, asker, "primes", "100 😀", Instant.ofEpochMilli(123));
    var job = task.toJob();
    assertEquals(task, Task.of(received(job)));
    assertEquals("{c-1001234567890}.u9007199254740993", job.group().orElseThrow());
    assertEquals("7.8", job.id().orElseThrow().value());
  }

  @Test
  void everyKindOfLetterComesOutOfItsJobAsItWentIn() {
    var target = Call.Target.replyTo(ASKED);
    var task = new JobId("7.8");
    for (var letter :
        List.of(
            new Letter.Acknowledgement(task, target, Call.Text.plain("on it"), BUTTONS),
            new Letter.Progress(task, ASKED.chat(), Call.Text.plain("50 %"), BUTTONS, true),
            new Letter.Answer(target, Call.Text.html("<b>42</b>"), BUTTONS))) {
      assertEquals(letter, Letter.of(received(letter.toJob())));
      assertEquals("c-1001234567890", letter.toJob().group().orElseThrow());
    }
  }

  @Test
  void aNewerProgressReplacesTheOneThatWaits() {
    var progress =
        new Letter.Progress(new JobId("7.8"), 1, Call.Text.plain("50 %"), List.of(), false);
    assertEquals("progress.7.8", progress.toJob().replaceKey().orElseThrow());
  }

  @Test
  void aJobOfANewerFormatIsRefusedInClearWords() {
    var job = NewJob.of("tasks", "text", Payload.of("{\"v\":2}"));
    var refusal = assertThrows(IllegalArgumentException.class, () -> Task.of(received(job)));
    assertTrue(String.valueOf(refusal.getMessage()).contains("format version 2"));
  }

  private static Job received(NewJob job) {
    return new Job(
        job.id().orElse(new JobId("some")),
        job.queue(),
        job.type(),
        new Job.Body(job.payload(), job.group().orElse(null)),
        Instant.EPOCH,
        new Job.Tries(1, 0, 0));
  }
}
