package tg.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tg.api.Button;
import tg.api.Call;
import tg.api.Message;
import tg.api.MessageRef;
import tg.queue.Job;
import tg.queue.JobId;
import tg.queue.NewJob;
import tg.queue.Payload;
import tg.text.RichText;

class JobFormatTest {
  private static final MessageRef ASKED = new MessageRef(-1001234567890L, 42, 7);
  private static final List<List<Button>> BUTTONS = List.of(List.of(new Button("Cancel", "c:1")));

  @Test
  void aTaskComesOutOfItsJobAsItWentIn() {
    var asker = new Task.Asker(9007199254740993L, "Ann \"Z\" Ünal", "de");
    var task =
        new Task(
            new JobId("7.8"), ASKED, asker, "primes", "100 😀", null, Instant.ofEpochMilli(123));
    var job = task.toJob();
    assertEquals(task, Task.of(received(job)));
    assertEquals("{c-1001234567890}.u9007199254740993", job.group().orElseThrow());
    assertEquals("7.8", job.id().orElseThrow().value());
    var file = new Message.FileRef("F", "a b.pdf", "application/pdf", 5_000_000_000L);
    var withFile =
        new Task(new JobId("7.9"), ASKED, asker, "", "", file, Instant.ofEpochMilli(123));
    assertEquals(withFile, Task.of(received(withFile.toJob())));
  }

  @Test
  void aTaskThatIsDoneAgainHasANewNameEachTime() {
    var asker = new Task.Asker(1, "Ann", "");
    var task = new Task(new JobId("7.-5.8"), ASKED, asker, "", "x", null, Instant.EPOCH);
    assertEquals("7.-5.8.again1", task.again().id().value());
    assertEquals("7.-5.8.again10", nth(task, 10).id().value());
  }

  private static Task nth(Task task, int times) {
    var last = task;
    for (int i = 0; i < times; i++) {
      last = last.again();
    }
    return last;
  }

  @Test
  void aButtonOfTheLongestIdsFitsIntoItsData() {
    var task =
        new Task(
            Task.idFor(9_999_999_999L, new MessageRef(-1_009_999_999_999L, 2_000_000_000, 0)),
            ASKED,
            new Task.Asker(9_999_999_999L, "Ann", ""),
            "",
            "x",
            null,
            Instant.EPOCH);
    for (var verb : TaskButton.Verb.values()) {
      var button = new TaskButton(verb, task.again().id(), task.user().id());
      assertEquals(button, TaskButton.of(button.row("x").getFirst().getFirst().data()));
    }
    for (var foreign : List.of("", "c", "x/7.8/1", "c/7.8/", "c/7.8/99999999999999999999", "c:1")) {
      assertNull(TaskButton.of(foreign));
    }
  }

  @Test
  void whatTheWorkersCanDoIsReadAsItWasWritten() {
    var catalog =
        new Catalog(List.of(new Catalog.Entry("primes", Map.of("en", "count", "ru", "счёт"))));
    assertEquals(catalog, Catalog.of(catalog.toJson()));
    assertEquals("count", catalog.entries().getFirst().in("de"));
  }

  @Test
  void everyKindOfLetterComesOutOfItsJobAsItWentIn() {
    var target = Call.Target.replyTo(ASKED);
    var task = new JobId("7.8");
    var styled = RichText.html("<pre><code class='language-java'>x</code></pre>");
    for (var letter :
        List.of(
            new Letter.Acknowledgement(
                task, target, RichText.plain("on it"), BUTTONS, Duration.ofMillis(500)),
            new Letter.Progress(
                task, ASKED.chat(), RichText.plain("50 %"), BUTTONS, Letter.Phase.WAITING),
            new Letter.Answer(
                target, Content.of(RichText.html("<b>4</b><a href='u'>2</a>")), BUTTONS, null),
            new Letter.Answer(
                target,
                new Content.Photo("p.png", Payload.of(new byte[] {0, '\n', -1, '{'}), styled),
                List.of(),
                new Letter.Instead(task, 9)),
            new Letter.Answer(
                target,
                new Content.Document("ü\n.txt", Payload.empty(), styled),
                List.of(),
                null))) {
      assertEquals(letter, Letter.of(received(letter.toJob())));
      assertEquals("c-1001234567890", letter.toJob().group().orElseThrow());
    }
  }

  @Test
  void aNewerProgressReplacesTheOneThatWaits() {
    var progress =
        new Letter.Progress(
            new JobId("7.8"), 1, RichText.plain("50 %"), List.of(), Letter.Phase.RUNNING);
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
