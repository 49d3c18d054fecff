package tg.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.api.Fixture.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tg.sim.Fault;
import tg.sim.Sim;
import tg.sim.Speech;
import tg.text.RichText;

/// The port against a Bot API server that keeps Telegram's rules.
@Timeout(120)
class ConversationTest {
  private static final long ANN = 1001;
  private static final List<List<Button>> CANCEL = List.of(List.of(new Button("Cancel", "c:1")));

  private final Sim sim = Sim.start();
  private final Telegram telegram = Fixture.telegram(sim.uri());
  private final long bot = sim.bot("123456:" + Fixture.SECRET);
  private final String chat = sim.privateChat(bot, ANN);
  private long offset;

  @AfterEach
  void stop() {
    telegram.close();
    sim.close();
  }

  private Update next() {
    var update = telegram.updates(offset, 1, Duration.ofSeconds(50)).getFirst();
    offset = update.id() + 1;
    return update;
  }

  private Message said(String text) {
    sim.say(chat, text);
    return assertInstanceOf(Update.NewMessage.class, next()).message();
  }

  private MessageRef answer(Message question, String text, List<List<Button>> buttons) {
    var target = Call.Target.replyTo(question.ref());
    return telegram.call(new Call.SendMessage(target, RichText.plain(text), buttons, false));
  }

  @Test
  void aQuestionGetsItsAnswerAsAReply() {
    var question = said("/primes 10");
    assertEquals(ANN, question.chat().id());
    assertEquals(List.of(new Message.Entity("bot_command", 0, 7)), question.entities());
    var ref = answer(question, "2 3 5 7", List.of());
    var last = sim.transcript(chat).getLast();
    assertEquals(ref.message(), last.id());
    assertEquals(OptionalInt.of(question.ref().message()), last.replyTo());
  }

  @Test
  void anAnswerOutlivesItsQuestion() {
    var question = said("hello");
    sim.delete(chat, question.ref().message());
    answer(question, "hi", List.of());
    assertEquals("hi", sim.transcript(chat).getLast().text());
  }

  @Test
  void anEditKeepsItsButtonsAndMayBeRepeated() {
    var ref = answer(said("go"), "0 %", CANCEL);
    var edit = new Call.EditText(ref, RichText.html("<b>50 %</b>"), CANCEL);
    assertEquals(Call.Done.DONE, telegram.call(edit));
    assertEquals(Call.Done.DONE, telegram.call(edit));
    var shown = sim.transcript(chat).getLast().shown();
    assertEquals("50 %", shown.text());
    assertEquals(1, shown.buttons().size());
    assertEquals(Call.Done.DONE, telegram.call(new Call.EditButtons(ref, List.of())));
    assertEquals(Call.Done.DONE, telegram.call(new Call.EditButtons(ref, List.of())));
    assertEquals(List.of(), sim.transcript(chat).getLast().shown().buttons());
  }

  @Test
  void aMessageMayBeDeletedTwice() {
    var ref = answer(said("go"), "soon gone", List.of());
    telegram.call(new Call.Delete(ref));
    telegram.call(new Call.Delete(ref));
    assertTrue(sim.transcript(chat).getLast().deletedAt().isPresent());
  }

  @Test
  void aPressedButtonIsAnsweredEvenTooLate() {
    var ref = answer(said("go"), "working", CANCEL);
    var callback = sim.press(chat, ref.message(), "c:1");
    var press = assertInstanceOf(Update.ButtonPress.class, next());
    assertEquals("c:1", press.data());
    assertEquals(ref, press.message());
    telegram.call(new Call.AnswerCallback(press.query(), "stopped", false));
    telegram.call(new Call.AnswerCallback(press.query(), "stopped", false));
    telegram.call(new Call.AnswerCallback("77", "", false));
    assertTrue(sim.callback(callback.id()).toString().contains("stopped"));
  }

  @Test
  void anAnswerInATopicStaysThere() {
    var forum = sim.forum("G", ANN);
    sim.add(forum, bot);
    sim.promote(forum, bot, true);
    int topic = sim.topic(forum, "Work");
    var target = new Call.Target(Long.parseLong(forum), topic, 0);
    var ref = telegram.call(new Call.SendMessage(target, RichText.plain("here"), List.of(), true));
    assertEquals(topic, ref.topic());
    var last = sim.transcript(forum).getLast();
    assertEquals(OptionalInt.of(topic), last.thread());
    assertTrue(last.silent());
    telegram.call(new Call.ChatAction(target.chat(), topic, "typing"));
  }

  @Test
  void filesGoThereAndBack(@TempDir Path folder) throws IOException {
    var bytes = new byte[200_000];
    bytes[199_999] = 7;
    sim.say(chat, Speech.document("Größe.bin", "application/x-x", bytes).caption("have a look"));
    var message = assertInstanceOf(Update.NewMessage.class, next()).message();
    assertEquals("have a look", message.text());
    var file = Objects.requireNonNull(message.file());
    assertEquals("Größe.bin", file.name());
    assertEquals(200_000, file.bytes());
    var get = new Call.GetFile(file, folder.resolve("a"), 1_000_000, Duration.ofMinutes(1));
    assertArrayEquals(bytes, Files.readAllBytes(telegram.call(get)));

    var target = Call.Target.replyTo(message.ref());
    var caption = RichText.html("<b>b</b>");
    telegram.call(
        new Call.SendDocument(target, Upload.of("Ergebnis \"1\".bin", get.to()), caption));
    var sent = sim.transcript(chat).getLast();
    assertEquals("b", sent.text());
    assertTrue(sent.shown().file().startsWith("Ergebnis"), sent.shown().file());
    assertEquals(OptionalInt.of(message.ref().message()), sent.replyTo());
  }

  @Test
  void theSmallCallsAreTaken() {
    var question = said("hello");
    assertEquals(bot, telegram.call(new Call.GetMe()).id());
    telegram.call(new Call.ChatAction(ANN, 0, "typing"));
    assertEquals("typing", sim.action(chat).orElseThrow());
    telegram.call(new Call.React(question.ref(), "👀"));
    telegram.call(new Call.SetCommands(List.of(new Call.Command("help", "Helps")), null, 0));
    telegram.call(new Call.SetCommands(List.of(new Call.Command("help", "Hilft")), "de", 0));
    telegram.call(new Call.DeleteWebhook());
  }

  @Test
  void aUserWhoBlocksTheBotIsNoticed() {
    var question = said("hello");
    sim.block(bot, ANN);
    assertEquals(false, assertInstanceOf(Update.Membership.class, next()).present());
    failure(ApiError.Blocked.class, () -> answer(question, "hi", List.of()));
    sim.unblock(bot, ANN);
    assertEquals(true, assertInstanceOf(Update.Membership.class, next()).present());
    answer(question, "hi", List.of());
  }

  @Test
  void aGroupThatMigratesIsFollowed() {
    var group = sim.group("group", "G", ANN);
    sim.add(group, bot);
    var to = Long.parseLong(sim.migrate(group));
    var target = new Call.Target(Long.parseLong(group), 0, 0);
    var call = new Call.SendMessage(target, RichText.plain("x"), List.of(), false);
    assertEquals(to, failure(ApiError.Migrated.class, () -> telegram.call(call)).to());
    Update update = next();
    while (!(update instanceof Update.Migrated)) {
      update = next();
    }
    assertEquals(new Update.Migrated(update.id(), target.chat(), to), update);
  }

  @Test
  void everyFaultHasItsError() {
    var question = said("hello");
    sim.fault(Fault.tooMany(Duration.ofSeconds(33)).on("sendMessage"));
    assertEquals(
        Duration.ofSeconds(33),
        failure(ApiError.FloodWait.class, () -> answer(question, "a", List.of())).retryAfter());
    sim.fault(Fault.of(Fault.Kind.SERVER_ERROR));
    failure(ApiError.Unavailable.class, () -> answer(question, "b", List.of()));
    sim.fault(Fault.of(Fault.Kind.HTML_502));
    failure(ApiError.Unavailable.class, () -> answer(question, "c", List.of()));
    for (var kind :
        List.of(
            Fault.Kind.CLOSE_BEFORE,
            Fault.Kind.CLOSE_AFTER,
            Fault.Kind.EMPTY,
            Fault.Kind.GARBAGE)) {
      sim.fault(Fault.of(kind));
      failure(ApiError.UnknownOutcome.class, () -> answer(question, kind.name(), List.of()));
    }
    assertEquals(
        List.of("CLOSE_AFTER", "EMPTY", "GARBAGE"),
        sim.transcript(chat).stream().skip(1).map(m -> m.text()).toList());
  }

  @Test
  void aSecondPollerIsAConflict() throws Exception {
    var first = new CompletableFuture<ApiError>();
    Thread.ofVirtual().start(() -> first.complete(pollingEndsWith(telegram)));
    while (!sim.polls(bot)) {
      Thread.onSpinWait();
    }
    var second = new CompletableFuture<ApiError>();
    try (var other = Fixture.telegram(sim.uri())) {
      Thread.ofVirtual().start(() -> second.complete(pollingEndsWith(other)));
      assertInstanceOf(ApiError.Conflict.class, first.get());
    }
    assertEquals(new ApiError.UnknownOutcome("closed"), second.get());
  }

  private static ApiError pollingEndsWith(Telegram telegram) {
    return failure(() -> telegram.updates(0, 1, Duration.ofSeconds(50)));
  }
}
