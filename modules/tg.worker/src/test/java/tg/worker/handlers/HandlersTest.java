package tg.worker.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.worker.Progress;
import tg.worker.Setback;
import tg.worker.Task;
import tg.worker.UserError;

class HandlersTest {
  private static final Progress UNSEEN = (percent, words) -> {};

  private static Task task(String command, String text) {
    return new Task("t1", new Task.User(1, "Ann", Locale.ENGLISH), command, text, 1);
  }

  @Test
  void aReportCountsWordsAndNamesTheMostFrequent() throws Exception {
    var answer = new Report().handle(task("", "To be, or not to be."), UNSEEN).text().text();
    assertTrue(answer.contains("Words: 6"), answer);
    assertTrue(answer.contains("Characters: 20"), answer);
    assertTrue(answer.contains("to ×2, be ×2"), answer);
    assertTrue(
        answer.contains(
            "SHA-256: 4a0aa387041df524f9acd333faecf2d1470db8b567473364186115bfc192f9f3"),
        answer);
  }

  @Test
  void anUnknownCommandIsAnErrorForThePerson() {
    var error =
        assertThrows(UserError.class, () -> new Report().handle(task("dance", "x"), UNSEEN));
    assertEquals("I do not know /dance. Try /help.", error.getMessage());
  }

  @Test
  void primesAreCountedRightly() throws Exception {
    assertEquals(0, Primes.countBelow(0, UNSEEN));
    assertEquals(0, Primes.countBelow(2, UNSEEN));
    assertEquals(1, Primes.countBelow(3, UNSEEN));
    assertEquals(4, Primes.countBelow(10, UNSEEN));
    assertEquals(168, Primes.countBelow(1000, UNSEEN));
    assertEquals(78_498, Primes.countBelow(1_000_000, UNSEEN));
    assertEquals(216_816, Primes.countBelow(3_000_000, UNSEEN));
  }

  @Test
  void primesReportProgressAndStopWhenInterrupted() throws Exception {
    var seen = new CountDownLatch(3);
    var thrown = new AtomicReference<Throwable>();
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                new Primes()
                    .handle(task("primes", "1000000000"), (percent, words) -> seen.countDown());
              } catch (Throwable e) {
                thrown.set(e);
              }
            });
    seen.await();
    thread.interrupt();
    assertTrue(thread.join(Duration.ofSeconds(5)));
    assertTrue(thrown.get() instanceof InterruptedException);
  }

  @Test
  void primesOfSomethingElseAreAnErrorForThePerson() {
    assertThrows(UserError.class, () -> new Primes().handle(task("primes", "many"), UNSEEN));
    assertThrows(UserError.class, () -> new Primes().handle(task("primes", "-5"), UNSEEN));
    assertThrows(UserError.class, () -> new Primes().handle(task("primes", "9000000000"), UNSEEN));
  }

  @Test
  void aProgramGetsTheTextAndItsOutputIsTheAnswer(@TempDir Path folder) throws Exception {
    var exec = script(folder, "tr a-z A-Z; echo \"$TG_TASK_COMMAND $TG_TASK_USER\"");
    assertEquals("HELLO\nshout 1", exec.handle(task("shout", "hello\n"), UNSEEN).text().text());
  }

  @Test
  void aProgramSaysItsProgressOnStandardError(@TempDir Path folder) throws Exception {
    var seen = new ArrayList<String>();
    var exec = script(folder, "echo progress 40 half a way >&2; echo progress 90 >&2; echo ok");
    exec.handle(task("", ""), (percent, words) -> seen.add(percent + " " + words));
    assertEquals("[40 half a way, 90 ]", seen.toString());
  }

  @Test
  void aProgramThatFailsGivesItsLastWordsAsTheReason(@TempDir Path folder) throws Exception {
    var exec = script(folder, "echo no disk >&2; exit 3");
    var error = assertThrows(Exception.class, () -> exec.handle(task("", ""), UNSEEN));
    assertEquals("no disk", error.getMessage());
    assertEquals("sh ended with status 3", Objects.requireNonNull(error.getCause()).getMessage());
    var silent = script(folder, "exit 3");
    assertEquals(
        "sh ended with status 3",
        assertThrows(Setback.class, () -> silent.handle(task("", ""), UNSEEN)).getMessage());
  }

  @Test
  void aProgramCanSayThatThePersonMustAskInAnotherWay(@TempDir Path folder) throws Exception {
    for (int status : new int[] {64, 65}) {
      var exec = script(folder, "echo Say a number. >&2; exit " + status);
      var error = assertThrows(UserError.class, () -> exec.handle(task("", ""), UNSEEN));
      assertEquals("Say a number.", error.getMessage());
    }
  }

  @Test
  void aProgramGetsThePathOfTheFile(@TempDir Path folder) throws Exception {
    var sent = Files.writeString(folder.resolve("x y.txt"), "content");
    var file = new Task.File(sent, "its name", "text/plain", 7);
    var user = new Task.User(1, "Ann", Locale.ENGLISH);
    var exec = script(folder, "cat \"$TG_TASK_FILE\"; echo; echo \"$TG_TASK_FILE_NAME\"");
    var answer = exec.handle(new Task("t1", user, "", "", 1, file), UNSEEN);
    assertEquals("content\nits name", answer.text().text());
  }

  @Test
  void aProgramThatIsInterruptedDiesWithItsChildren(@TempDir Path folder) throws Exception {
    var exec = script(folder, "sleep 1000 & echo progress 1 $! >&2; wait");
    var child = new AtomicReference<Long>();
    var started = new CountDownLatch(1);
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                exec.handle(
                    task("", ""),
                    (percent, words) -> {
                      child.set(Long.parseLong(words));
                      started.countDown();
                    });
              } catch (Exception e) {
                // The interruption.
              }
            });
    started.await();
    var process = ProcessHandle.of(child.get()).orElseThrow();
    thread.interrupt();
    thread.join();
    process.onExit().get();
    assertFalse(process.isAlive());
  }

  @Test
  void aProgramSeesNoSecretOfOurs(@TempDir Path folder) throws Exception {
    var exec = script(folder, "env | grep -c ^TG_");
    assertEquals("5", exec.handle(task("", ""), UNSEEN).text().text());
  }

  private static Exec script(Path folder, String body) throws Exception {
    var file = Files.writeString(folder.resolve("bot.sh"), "#!/bin/sh\n" + body + "\n");
    return new Exec("sh " + file);
  }
}
