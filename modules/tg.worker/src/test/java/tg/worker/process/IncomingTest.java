package tg.worker.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tg.api.ApiException;
import tg.api.BotToken;
import tg.api.Message;
import tg.api.MessageRef;
import tg.api.Telegram;
import tg.api.Update;
import tg.outbox.Task;
import tg.queue.Job;
import tg.queue.JobId;
import tg.queue.Payload;
import tg.sim.Fault;
import tg.sim.Sim;
import tg.sim.Speech;
import tg.worker.UserError;

class IncomingTest {
  private final Sim sim = Sim.start();
  private final Telegram telegram = Telegram.connect(sim.uri(), BotToken.of("777:secret"));
  @TempDir Path base;

  @AfterEach
  void end() {
    telegram.close();
    sim.close();
  }

  private static Task task(Message.@Nullable FileRef file) {
    return new Task(
        new JobId("777.1.2"),
        new MessageRef(1, 2, 0),
        new Task.Asker(1, "Ann", "en"),
        "",
        "",
        file,
        Instant.EPOCH);
  }

  private static Job job(int crashes) {
    return new Job(
        new JobId("777.1.2"),
        "tasks",
        "text",
        new Job.Body(Payload.empty(), null),
        Instant.EPOCH,
        new Job.Tries(1 + crashes, 0, crashes));
  }

  private static Incoming.Opened open(Incoming incoming, Message.@Nullable FileRef file)
      throws UserError {
    return incoming.open(task(file), true, Phrase.load().in("en"), job(0));
  }

  private Message.FileRef sent(byte[] bytes) {
    var chat = sim.privateChat(sim.bot("777:secret"), 1001);
    sim.say(chat, Speech.document("my file.txt", "text/plain", bytes));
    var update = telegram.updates(0, 1, Duration.ofSeconds(5)).getFirst();
    var file = ((Update.NewMessage) update).message().file();
    return Objects.requireNonNull(file);
  }

  private List<Path> left() throws IOException {
    try (var all = Files.walk(base)) {
      return all.filter(path -> !path.equals(base)).toList();
    }
  }

  @Test
  void aFileIsThereAsLongAsItsTaskRuns() throws Exception {
    var ref = sent("hello".getBytes(UTF_8));
    try (var incoming = Incoming.in(base, telegram)) {
      Path path;
      try (var opened = open(incoming, ref)) {
        var file = Objects.requireNonNull(opened.file());
        path = file.path();
        assertEquals("my_file.txt", path.getFileName().toString());
        assertEquals("my file.txt", file.name());
        assertEquals("hello", Files.readString(path));
        assertEquals(5, file.bytes());
      }
      assertFalse(Files.exists(path.getParent()));
    }
    assertEquals(List.of(), left(), "a process that ends leaves nothing behind");
  }

  @Test
  void aHandlerThatWantsNoFilesGetsNone() throws Exception {
    try (var incoming = Incoming.in(base, telegram);
        var opened =
            incoming.open(
                task(new Message.FileRef("F", "a", "", 1)),
                false,
                Phrase.load().in("en"),
                job(0))) {
      assertNull(opened.file());
    }
  }

  @Test
  void aFileThatIsTooLargeIsToldWithoutAskingTelegram() {
    try (var incoming = Incoming.in(base, telegram)) {
      var large = new Message.FileRef("F", "a", "", (20 << 20) + 1);
      var error = assertThrows(UserError.class, () -> open(incoming, large));
      assertEquals("This file is too large for me: I can fetch up to 20 MB.", error.getMessage());
    }
  }

  @Test
  void aFileThatTelegramDoesNotKnowAnyMoreIsTheEndAndAnOutageIsNot() throws Exception {
    var ref = sent(new byte[10]);
    try (var incoming = Incoming.in(base, telegram)) {
      assertThrows(
          UserError.class, () -> open(incoming, new Message.FileRef("unknown", "a", "", 1)));
      sim.fault(Fault.of(Fault.Kind.HTML_502).on("getFile"));
      assertThrows(ApiException.class, () -> open(incoming, ref));
      assertEquals(2, left().size(), "only the folder of the process and its lock");
    }
  }

  @Test
  void theFilesOfAProcessThatDiedAreDeletedAndThoseOfTheLivingAreNot() throws Exception {
    var dead = Files.createDirectories(base.resolve("tg-files-dead").resolve("task-1"));
    Files.writeString(dead.resolve("secret.txt"), "secret");
    Files.createFile(base.resolve("tg-files-dead").resolve("lock"));
    var other = Files.createDirectories(base.resolve("somebody-elses"));
    try (var living = Incoming.in(base, telegram)) {
      assertFalse(Files.exists(dead), "swept at the start");
      Files.createDirectories(dead);
      try (var second = Incoming.in(base, telegram)) {
        assertFalse(Files.exists(dead));
        Files.createDirectories(dead);
        second.open(task(null), true, Phrase.load().in("en"), job(1)).close();
        assertFalse(Files.exists(dead), "swept when a task of a dead process begins again");
        living.sweep();
        assertEquals(5, left().size(), left().toString());
      }
    }
    assertTrue(Files.exists(other));
  }

  @ParameterizedTest
  @CsvSource({
    "report.pdf, report.pdf",
    "../../etc/passwd, _.._etc_passwd",
    "'', file",
    "lock, file",
    "..., file",
    "-rf, rf",
    "a b;rm $x.txt, a_b_rm__x.txt",
    "Größe.txt, Größe.txt",
  })
  void aNameIsHarmless(String name, String safe) {
    assertEquals(safe, Incoming.safe(name));
  }

  @Test
  void aLongNameKeepsItsEnding() {
    var safe = Incoming.safe("𝔘".repeat(200) + ".tar.gz");
    assertTrue(safe.endsWith(".tar.gz") && safe.length() <= 80, safe);
    assertFalse(Character.isLowSurrogate(safe.charAt(0)));
  }
}
