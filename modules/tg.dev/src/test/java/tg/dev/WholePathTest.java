package tg.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tg.sim.Fault;
import tg.sim.SimMessage;
import tg.sim.Speech;

/// Real processes, a real server, and every way to lose a message that we could think of.
class WholePathTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// An idle bot acknowledges at once, too, and does not wait for the answer.
  private static final Map<String, String> AT_ONCE = Map.of("TG_PLACEHOLDER_AFTER", "0");

  private static final Map<String, String> SLOW_TASKS =
      Map.of("TG_EXEC", "sh -c sleep${IFS}2;cat", "TG_CONCURRENCY", "10", "TG_PER_USER", "10");

  @Test
  void aMessageIsAcknowledgedAndThenAnsweredAsAReplyToIt() throws Exception {
    try (var fleet = new Fleet(AT_ONCE)) {
      fleet.bot();
      fleet.worker();
      var chat = fleet.sim.privateChat(777, 1001);
      int asked = fleet.sim.say(chat, "/primes 3000000").id();
      Chats.await("answer", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      var transcript = fleet.sim.transcript(chat);
      assertEquals(3, transcript.size(), transcript.toString());
      assertEquals(asked, transcript.get(1).replyTo().orElseThrow());
      assertTrue(transcript.get(1).silent());
      assertEquals(asked, transcript.get(2).replyTo().orElseThrow());
      assertTrue(transcript.get(2).text().contains("216,816"), transcript.get(2).text());
    }
  }

  @Test
  void aWorkerKilledAmidTenTasksLosesNoneOfThem() throws Exception {
    try (var fleet = new Fleet(SLOW_TASKS)) {
      fleet.bot();
      var worker = fleet.worker();
      var chat = fleet.sim.privateChat(777, 1001);
      for (int i = 0; i < 10; i++) {
        fleet.sim.say(chat, "task " + i);
      }
      var tasks = fleet.queues.queue("tasks");
      Chats.await("ten running tasks", LIMIT, () -> tasks.counts().running() == 10);
      Fleet.kill(worker);
      assertFalse(Chats.allAnswered(fleet.sim, chat));
      fleet.worker();
      Chats.await("ten answers", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      Chats.answers(fleet.sim, chat)
          .forEach((message, answers) -> assertEquals(1, answers.size(), answers.toString()));
      Chats.acknowledgements(fleet.sim, chat)
          .values()
          .forEach(
              list -> assertTrue(list.size() <= 1, "the second attempt has the same placeholder"));
    }
  }

  @Test
  void theFileOfATaskDoesNotOutliveItThoughItsWorkerWasKilled() throws Exception {
    var files = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "files");
    var program =
        "sh -c while${IFS}!${IFS}test${IFS}-e${IFS}"
            + files
            + "/go;do${IFS}sleep${IFS}0.2;done;echo${IFS}ok";
    try (var fleet = new Fleet(Map.of("TG_FILES", files.toString(), "TG_EXEC", program))) {
      fleet.bot();
      var worker = fleet.worker();
      var chat = fleet.sim.privateChat(777, 1001);
      fleet.sim.say(chat, Speech.document("a.txt", "text/plain", new byte[] {'a'}));
      Chats.await("a file on disk", LIMIT, () -> found(files).size() == 1);
      var first = found(files);
      Fleet.kill(worker);
      assertEquals(first, found(files), "nobody is there to delete it");
      fleet.worker();
      Chats.await("the file of the second attempt alone", LIMIT, () -> secondAlone(files, first));
      Files.createFile(files.resolve("go"));
      Chats.await("an answer", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      assertEquals(List.of(), found(files));
    }
  }

  private static boolean secondAlone(Path files, List<Path> first) {
    var now = found(files);
    return now.size() == 1 && !now.equals(first);
  }

  private static List<Path> found(Path files) {
    try (var all = Files.walk(files)) {
      return all.filter(path -> path.toString().endsWith("a.txt")).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // A folder was deleted while we looked.
    }
  }

  @Test
  void aBotKilledBetweenPollAndConfirmLosesNothingAndAdmitsNothingTwice() throws Exception {
    try (var fleet = new Fleet(AT_ONCE)) {
      fleet.worker();
      var chat = fleet.sim.privateChat(777, 1001);
      for (int i = 0; i < 20; i++) {
        fleet.sim.say(chat, "message " + i);
      }
      // The second getUpdates would confirm the first batch: it hangs, and never does.
      fleet.sim.fault(
          Fault.of(Fault.Kind.HANG).on("getUpdates").nth(2).lasting(Duration.ofMinutes(2)));
      var bot = fleet.bot();
      Chats.await("answers", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      assertEquals(20, fleet.sim.pending(777), "the batch must not be confirmed yet");
      Fleet.kill(bot);
      fleet.bot();
      Chats.await("confirmation", LIMIT, () -> fleet.sim.pending(777) == 0);
      fleet.sim.say(chat, "and one more");
      Chats.await("the last answer", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      assertTrue(fleet.logs().contains("came again and is known"), fleet.logs());
      Chats.answers(fleet.sim, chat).values().forEach(list -> assertEquals(1, list.size()));
      Chats.acknowledgements(fleet.sim, chat)
          .values()
          .forEach(list -> assertEquals(1, list.size()));
    }
  }

  @Test
  void everyAnswerArrivesWhateverGoesWrongAtTelegram() throws Exception {
    try (var fleet = new Fleet(Map.of("TG_PER_USER", "4"))) {
      fleet.bot();
      fleet.worker();
      var kinds =
          List.of(
              Fault.tooMany(Duration.ofSeconds(1)),
              Fault.of(Fault.Kind.SERVER_ERROR),
              Fault.of(Fault.Kind.HTML_502),
              Fault.of(Fault.Kind.CLOSE_BEFORE),
              Fault.of(Fault.Kind.CLOSE_AFTER),
              Fault.of(Fault.Kind.EMPTY),
              Fault.of(Fault.Kind.GARBAGE));
      int user = 2000;
      var chats = new ArrayList<String>();
      for (var kind : kinds) {
        for (var method : List.of("sendMessage", "editMessageText", "getUpdates")) {
          fleet.sim.fault(kind.on(method).nth(1 + user % 5).times(2));
        }
        var chat = fleet.sim.privateChat(777, fleet.sim.user("User " + user++));
        chats.add(chat);
        fleet.sim.say(chat, "hello " + kind.kind());
        fleet.sim.say(chat, "/primes 1000000");
        Chats.await(
            "an answer in spite of " + kind.kind() + "\n",
            LIMIT,
            () -> Chats.allAnswered(fleet.sim, chat));
        fleet.sim.clearFaults();
      }
      for (var chat : chats) {
        assertTrue(Chats.allAnswered(fleet.sim, chat));
      }
    }
  }

  @Test
  void aBotThatIsStoppedConfirmsItsLastBatch() throws Exception {
    try (var fleet = new Fleet(Map.of())) {
      var bot = fleet.bot();
      var chat = fleet.sim.privateChat(777, 1001);
      fleet.sim.say(chat, "/help");
      Chats.await("answer", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      assertEquals(143, Fleet.stop(bot));
      assertEquals(0, fleet.sim.pending(777));
    }
  }

  @Test
  void aWorkerThatIsStoppedGivesBackWhatItCannotFinish() throws Exception {
    try (var fleet = new Fleet(Map.of("TG_EXEC", "sleep 5", "TG_DRAIN", "1"))) {
      fleet.bot();
      var worker = fleet.worker();
      var chat = fleet.sim.privateChat(777, 1001);
      fleet.sim.say(chat, "a long one");
      var tasks = fleet.queues.queue("tasks");
      Chats.await("a running task", LIMIT, () -> tasks.counts().running() == 1);
      Fleet.stop(worker);
      assertEquals(1, tasks.counts().waiting());
      assertEquals(0, tasks.counts().failed());
      fleet.worker();
      Chats.await("answer", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
    }
  }

  @Test
  void twoBotsTakeTurnsAndNeverFightOverTheUpdates() throws Exception {
    try (var fleet = new Fleet(Map.of())) {
      var first = fleet.bot();
      fleet.worker();
      var chat = fleet.sim.privateChat(777, 1001);
      fleet.sim.say(chat, "one");
      Chats.await("answer", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      fleet.bot();
      Chats.await(
          "a second bot that waits", LIMIT, () -> fleet.logs().contains("waiting to take over"));
      fleet.sim.say(chat, "two");
      Fleet.stop(first);
      fleet.sim.say(chat, "three");
      Chats.await("answers", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      assertFalse(
          fleet.logs().contains("somebody else gets the updates"),
          "neither bot may be told of a conflict");
    }
  }

  @Test
  void theTokenIsInNoLogWhateverGoesWrong() throws Exception {
    try (var fleet = new Fleet(Map.of("TG_LOG_LEVEL", "debug"))) {
      for (var kind : Fault.Kind.values()) {
        fleet.sim.fault(Fault.of(kind).nth(2).lasting(Duration.ofSeconds(1)));
      }
      var bot = fleet.bot();
      var worker = fleet.worker();
      var chat = fleet.sim.privateChat(777, 1001);
      fleet.sim.say(chat, "hello");
      Chats.await("answer", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      fleet.sim.close();
      Chats.await(
          "a complaint that Telegram is away",
          LIMIT,
          () -> fleet.logs().contains("polling failed"));
      Fleet.stop(bot);
      Fleet.stop(worker);
      assertFalse(fleet.logs().contains(Fleet.SECRET), "the token must not be in a log");
    }
  }

  @Test
  void aThousandMessagesOfAHundredPeopleAreAnsweredOnceAndInOrder() throws Exception {
    try (var fleet = new Fleet(Map.of("TG_LOG_LEVEL", "info", "TG_CONCURRENCY", "64"))) {
      fleet.bot();
      fleet.worker();
      var chats = new ArrayList<String>();
      for (int user = 0; user < 100; user++) {
        chats.add(fleet.sim.privateChat(777, fleet.sim.user("User " + user)));
      }
      fleet.sim.say(chats.getFirst(), "/help");
      Chats.await("a start", LIMIT, () -> Chats.allAnswered(fleet.sim, chats.getFirst()));
      long start = System.nanoTime();
      for (int message = 0; message < 10; message++) {
        for (var chat : chats) {
          fleet.sim.say(chat, "message " + message);
        }
      }
      Chats.await(
          "a thousand answers",
          Duration.ofMinutes(2),
          () -> chats.stream().allMatch(chat -> Chats.allAnswered(fleet.sim, chat)));
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "load: 1000 messages of 100 people in %.1f s: %.0f messages/s%n",
          seconds, 1000 / seconds);
      for (var chat : chats) {
        Chats.answers(fleet.sim, chat).values().forEach(list -> assertEquals(1, list.size()));
        assertInOrder(fleet.sim.transcript(chat));
      }
    }
  }

  /// The answers must come in the order of the messages that they answer, and so must the
  /// acknowledgements.
  private static void assertInOrder(List<SimMessage> transcript) {
    for (boolean silent : new boolean[] {true, false}) {
      var targets =
          transcript.stream()
              .filter(message -> message.fromBot() && message.silent() == silent)
              .map(message -> message.replyTo().orElseThrow())
              .toList();
      assertEquals(targets.stream().sorted().toList(), targets);
    }
  }
}
