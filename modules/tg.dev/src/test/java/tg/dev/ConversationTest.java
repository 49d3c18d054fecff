package tg.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tg.sim.SimMessage;
import tg.sim.Speech;

/// What people see, with real sockets and a real server; each test has a chat of its own.
@TestInstance(Lifecycle.PER_CLASS)
class ConversationTest {
  private static final long ADMIN = 4711;
  private Stage stage;

  @BeforeAll
  void begin() {
    stage = new Stage(Map.of("TG_ADMINS", Long.toString(ADMIN), "TG_CONCURRENCY", "32"));
  }

  @AfterAll
  void end() {
    stage.close();
  }

  private int say(String chat, String text) {
    return stage.sim.say(chat, text).id();
  }

  private static long user(String chat) {
    return Long.parseLong(chat.substring(0, chat.indexOf('@')));
  }

  private String notice(String press) throws InterruptedException {
    Chats.await(
        "an answer to a press",
        Stage.LIMIT,
        () -> stage.sim.callback(press).answeredAt().isPresent());
    return stage.sim.callback(press).text();
  }

  @Test
  void workIsAcknowledgedSilentlyShownAndAnsweredWithASound() throws Exception {
    var chat = stage.person("Ann");
    int asked = say(chat, "wait shown");
    var placeholder = stage.await(chat, asked, 1).getFirst();
    assertTrue(placeholder.silent());
    assertEquals("👀 On it…", placeholder.versions().getFirst().text());
    assertEquals("✕ Cancel", placeholder.shown().buttons().getFirst().text());
    Chats.await("typing", Stage.LIMIT, () -> stage.sim.action(chat).isPresent());
    Chats.await(
        "two edits", Stage.LIMIT, () -> stage.shown(chat, placeholder.id()).versions().size() >= 3);
    stage.release("shown");
    stage.awaitText(chat, placeholder.id(), "✓ Done in");
    var replies = stage.under(chat, asked);
    assertEquals(2, replies.size());
    assertEquals("done shown", replies.getLast().text());
    assertFalse(replies.getLast().silent());
    var versions = stage.shown(chat, placeholder.id()).versions();
    assertEquals(List.of(), versions.getLast().buttons(), "nothing to cancel any more");
    for (int i = 1; i < versions.size() - 1; i++) {
      assertTrue(versions.get(i).text().matches("[▰▱]{10} \\d+ %\nstep \\d+"));
      assertEquals(1, versions.get(i).buttons().size(), "every edit keeps the button");
    }
    for (int i = 2; i < versions.size() - 1; i++) {
      var between = Duration.between(versions.get(i - 1).at(), versions.get(i).at());
      assertTrue(between.toMillis() >= 2_900, between.toString());
    }
  }

  @Test
  void anAnswerThatIsReadyAtOnceNeedsNoAcknowledgement() throws Exception {
    var chat = stage.person("Quick");
    int asked = say(chat, "/lang");
    assertEquals(1, stage.await(chat, asked, 1).size());
    int task = say(chat, "/report hello");
    Chats.await("an answer", Stage.LIMIT, () -> Chats.allAnswered(stage.sim, chat));
    assertTrue(stage.under(chat, task).getLast().text().contains("Words: 1"));
  }

  @Test
  void aRunningTaskIsCanceledByItsButton() throws Exception {
    var chat = stage.person("Cancel");
    int asked = say(chat, "wait never");
    var placeholder = stage.await(chat, asked, 1).getFirst();
    assertEquals("Canceling…", notice(stage.press(chat, placeholder.id(), user(chat))));
    stage.awaitText(chat, placeholder.id(), "✗ Canceled");
    assertEquals(List.of(), stage.shown(chat, placeholder.id()).shown().buttons());
    assertEquals(1, stage.under(chat, asked).size(), "no answer to what was canceled");
    // The old message has no button; a press that was on its way is answered all the same.
  }

  @Test
  void aWaitingTaskTellsItsPlaceAndIsCanceledOnItsOwn() throws Exception {
    var chat = stage.person("Two");
    int first = say(chat, "wait first");
    stage.await(chat, first, 1);
    int second = say(chat, "wait second");
    var placeholder = stage.await(chat, second, 1).getFirst();
    stage.awaitText(chat, placeholder.id(), "⏳ Queued, place");
    int status = say(chat, "/status");
    var list = stage.await(chat, status, 1).getFirst().text();
    assertTrue(list.contains("“wait first” — in work for"), list);
    assertTrue(list.contains("“wait second” — waiting, place"), list);
    notice(stage.press(chat, placeholder.id(), user(chat)));
    stage.awaitText(chat, placeholder.id(), "✗ Canceled");
    stage.release("first");
    Chats.await("an answer", Stage.LIMIT, () -> stage.under(chat, first).size() == 2);
    assertEquals(1, stage.under(chat, second).size());
  }

  @Test
  void inAGroupOnlyWhoAskedOrAnAdministratorMayCancel() throws Exception {
    long ann = stage.sim.user("Ann");
    long bob = stage.sim.user("Bob");
    long boss = stage.sim.user("Boss");
    var group = stage.sim.group("supergroup", "Team", ann, bob, boss);
    stage.sim.add(group, Stage.BOT);
    stage.sim.promote(group, boss, true);
    int asked = stage.sim.say(group, Speech.text("/exec wait group").from(ann)).id();
    var placeholder = stage.await(group, asked, 1).getFirst();
    var foreign = stage.press(group, placeholder.id(), bob);
    assertTrue(notice(foreign).startsWith("Only the person who asked"));
    assertTrue(stage.sim.callback(foreign).alert());
    assertEquals("Canceling…", notice(stage.press(group, placeholder.id(), boss)));
    stage.awaitText(group, placeholder.id(), "✗ Canceled");
  }

  @Test
  void aFailureSaysWhyAndIsTriedAgainOnceHoweverOftenTheButtonIsPressed() throws Exception {
    var chat = stage.person("Fail");
    int asked = say(chat, "fail ready");
    Chats.await("a failure", Stage.LIMIT, () -> Chats.allAnswered(stage.sim, chat));
    var failure =
        stage.under(chat, asked).stream().filter(m -> !m.silent()).findFirst().orElseThrow();
    assertEquals("no ready yet", failure.text());
    assertEquals("↻ Try again", failure.shown().buttons().getFirst().text());
    stage.release("ready");
    var data = failure.shown().buttons().getFirst().data();
    var first = stage.sim.press(chat, failure.id(), data);
    assertEquals("Trying again…", notice(first.id()));
    Chats.await(
        "the second answer",
        Stage.LIMIT,
        () -> stage.under(chat, asked).stream().anyMatch(m -> m.text().equals("done ready")));
    Chats.await(
        "a message without its button",
        Stage.LIMIT,
        () -> stage.shown(chat, failure.id()).shown().buttons().isEmpty());
    var answers = stage.under(chat, asked).stream().filter(m -> !m.silent()).toList();
    assertEquals(2, answers.size(), answers.toString());
  }

  @Test
  void itSpeaksTheLanguageOfTheAppOrTheOneChosen() throws Exception {
    var chat = stage.person("Иван", "ru");
    int hello = say(chat, "/start");
    assertTrue(stage.await(chat, hello, 1).getFirst().text().startsWith("Здравствуйте, Иван!"));
    int choice = say(chat, "/lang en");
    assertEquals(
        "I speak English to you from now on.", stage.await(chat, choice, 1).getFirst().text());
    int status = say(chat, "/status");
    assertEquals(
        "I am not doing anything for you.", stage.await(chat, status, 1).getFirst().text());
    int auto = say(chat, "/lang auto");
    assertTrue(stage.await(chat, auto, 1).getFirst().text().startsWith("Теперь"));
    int task = say(chat, "wait ru");
    var placeholder = stage.await(chat, task, 1).getFirst();
    assertEquals("✕ Отменить", placeholder.shown().buttons().getFirst().text());
    stage.release("ru");
    stage.awaitText(chat, placeholder.id(), "✓ Готово за");
  }

  @Test
  void theMenuOfCommandsIsSetInEachLanguageWithWhatTheWorkersCanDo() throws Exception {
    Chats.await(
        "menus",
        Stage.LIMIT,
        () ->
            stage.sim.calls().stream()
                    .filter(call -> call.method().equalsIgnoreCase("setMyCommands"))
                    .count()
                >= 3);
    var menus =
        stage.sim.calls().stream()
            .filter(call -> call.method().equalsIgnoreCase("setMyCommands"))
            .map(call -> call.params().toString())
            .toList();
    assertTrue(menus.stream().anyMatch(m -> m.contains("primes") && m.contains("Отменить то")));
    assertTrue(menus.stream().anyMatch(m -> m.contains("primes") && m.contains("What I can do")));
    assertTrue(menus.stream().anyMatch(m -> m.contains("\"chat_id\":" + ADMIN)), menus.toString());
  }

  @Test
  void aLongAnswerComesInPartsAndAVeryLongOneAsAFile() throws Exception {
    var chat = stage.person("Long");
    int asked = say(chat, "lines 100");
    Chats.await(
        "three parts",
        Stage.LIMIT,
        () -> stage.under(chat, asked).stream().filter(m -> !m.silent()).count() == 3);
    var parts = stage.under(chat, asked).stream().filter(m -> !m.silent()).toList();
    for (int i = 0; i < 3; i++) {
      assertTrue(parts.get(i).text().endsWith((i + 1) + "/3"), parts.get(i).text());
    }
    int more = say(chat, "lines 1000");
    Chats.await("a file", Stage.LIMIT, () -> Chats.allAnswered(stage.sim, chat));
    var file = stage.under(chat, more).stream().filter(m -> !m.silent()).toList();
    assertEquals("answer.txt", file.getFirst().shown().file());
    assertTrue(file.getFirst().text().endsWith("characters, so it comes as a file."));
  }

  @Test
  void aFileIsATaskAndIsGoneAfterwards() throws Exception {
    var chat = stage.person("File");
    var bytes = "hello from a file".getBytes(UTF_8);
    int bare = stage.sim.say(chat, Speech.document("a b.txt", "text/plain", bytes)).id();
    Chats.await("an answer", Stage.LIMIT, () -> Chats.allAnswered(stage.sim, chat));
    assertEquals("hello from a file", stage.under(chat, bare).getLast().text());
    var captioned = Speech.document("a b.txt", "text/plain", bytes).caption("/digest");
    int digest = stage.sim.say(chat, captioned).id();
    Chats.await("an answer", Stage.LIMIT, () -> Chats.allAnswered(stage.sim, chat));
    var answer =
        stage.under(chat, digest).stream().filter(m -> !m.silent()).findFirst().orElseThrow();
    assertTrue(
        answer.text().startsWith("a b.txt\nType: text/plain\nSize: 17 bytes\n"), answer.text());
    try (var left = Files.walk(stage.folder.resolve("files"))) {
      assertEquals(
          0, left.filter(path -> path.toString().endsWith(".txt")).count(), "no file is left");
    }
  }

  @Test
  void anEditedMessageSupersedesItsWaitingTask() throws Exception {
    var chat = stage.person("Edit");
    int first = say(chat, "wait edit");
    stage.await(chat, first, 1);
    int second = say(chat, "lines 1");
    stage.await(chat, second, 1);
    stage.sim.edit(chat, second, "better");
    Chats.await("the edit to be admitted", Stage.LIMIT, () -> stage.sim.pending(Stage.BOT) == 0);
    stage.release("edit");
    Chats.await("answers", Stage.LIMIT, () -> Chats.allAnswered(stage.sim, chat));
    var answers =
        stage.under(chat, second).stream().filter(m -> !m.silent()).map(SimMessage::text).toList();
    assertEquals(List.of("got better"), answers);
  }

  @Test
  void whoBlocksTheBotLosesWhatWaits() throws Exception {
    var chat = stage.person("Block");
    say(chat, "wait blocked");
    Chats.await("work", Stage.LIMIT, () -> !stage.under(chat, 1).isEmpty());
    say(chat, "wait second");
    say(chat, "wait third");
    var lane = "{c" + user(chat) + "}.u" + user(chat);
    var tasks = stage.queues.queue("tasks");
    Chats.await("three tasks", Stage.LIMIT, () -> tasks.counts(lane).waiting() == 2);
    stage.sim.block(Stage.BOT, user(chat));
    Chats.await(
        "nothing left",
        Stage.LIMIT,
        () -> tasks.counts(lane).waiting() + tasks.counts(lane).running() == 0);
  }

  @Test
  void aBotThatIsRemovedFromAGroupDropsItsTasks() throws Exception {
    long ann = stage.sim.user("Ann");
    var group = stage.sim.group("supergroup", "Gone", ann);
    stage.sim.add(group, Stage.BOT);
    int asked = stage.sim.say(group, Speech.text("/exec wait removed").from(ann)).id();
    stage.await(group, asked, 1);
    stage.sim.say(group, Speech.text("/exec wait too").from(ann));
    var lane = "{c" + group + "}.u" + ann;
    var tasks = stage.queues.queue("tasks");
    Chats.await("two tasks", Stage.LIMIT, () -> tasks.counts(lane).waiting() == 1);
    stage.sim.kick(group, Stage.BOT);
    Chats.await(
        "nothing left",
        Stage.LIMIT,
        () -> tasks.counts(lane).waiting() + tasks.counts(lane).running() == 0);
  }

  @Test
  void whoDeletesThePlaceholderGetsTheAnswerAllTheSame() throws Exception {
    var chat = stage.person("Tidy");
    int asked = say(chat, "wait tidied");
    stage.sim.delete(chat, stage.await(chat, asked, 1).getFirst().id());
    stage.release("tidied");
    Chats.await(
        "an answer",
        Stage.LIMIT,
        () -> stage.under(chat, asked).stream().anyMatch(m -> m.text().equals("done tidied")));
  }

  @Test
  void aTaskFollowsItsGroupWhenItBecomesASupergroup() throws Exception {
    long ann = stage.sim.user("Ann");
    var group = stage.sim.group("group", "Small", ann);
    stage.sim.add(group, Stage.BOT);
    int asked = stage.sim.say(group, Speech.text("/exec wait moved").from(ann)).id();
    stage.await(group, asked, 1);
    stage.sim.say(group, Speech.text("/exec later").from(ann));
    var there = stage.sim.migrate(group);
    stage.release("moved");
    Chats.await(
        "both answers",
        Stage.LIMIT,
        () -> {
          var texts = stage.sim.transcript(there).stream().map(SimMessage::text).toList();
          return texts.contains("done moved") && texts.contains("got later");
        });
  }

  @Test
  void inATopicEverythingStaysInTheTopic() throws Exception {
    long ann = stage.sim.user("Ann");
    var forum = stage.sim.forum("Forum", ann);
    stage.sim.add(forum, Stage.BOT);
    int topic = stage.sim.topic(forum, "Work");
    int asked = stage.sim.say(forum, Speech.text("/exec wait topic").from(ann).thread(topic)).id();
    stage.await(forum, asked, 1);
    int general = stage.sim.say(forum, Speech.text("/exec general").from(ann)).id();
    stage.release("topic");
    var inTopic = stage.await(forum, asked, 2);
    inTopic.forEach(message -> assertEquals(topic, message.thread().orElse(0)));
    Chats.await(
        "an answer in General",
        Stage.LIMIT,
        () -> stage.under(forum, general).stream().anyMatch(m -> m.text().equals("got general")));
    stage.under(forum, general).forEach(m -> assertTrue(m.thread().isEmpty()));
  }

  @Test
  void anAnswerOutlivesItsDeletedQuestion() throws Exception {
    var chat = stage.person("Deleted");
    int asked = say(chat, "wait deleted");
    stage.await(chat, asked, 1);
    stage.sim.delete(chat, asked);
    stage.release("deleted");
    Chats.await(
        "an answer",
        Stage.LIMIT,
        () -> stage.sim.transcript(chat).getLast().text().equals("done deleted"));
  }

  @Test
  void everyoneElsesAdminCommandsAreUnknown() throws Exception {
    var chat = stage.person("Nobody");
    int asked = say(chat, "/queue");
    Chats.await("an answer", Stage.LIMIT, () -> Chats.allAnswered(stage.sim, chat));
    assertFalse(stage.under(chat, asked).getLast().text().contains("running"));
  }
}
