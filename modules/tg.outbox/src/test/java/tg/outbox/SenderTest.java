package tg.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tg.api.BotToken;
import tg.api.Button;
import tg.api.Call;
import tg.api.MessageRef;
import tg.api.Telegram;
import tg.queue.JobId;
import tg.queue.JobInfo;
import tg.queue.JobState;
import tg.queue.NewJob;
import tg.queue.Payload;
import tg.queue.Queues;
import tg.queue.Worker;
import tg.sim.Fault;
import tg.sim.Sim;
import tg.sim.SimMessage;
import tg.text.RichText;

/// The sender against a strict Bot API server, over real sockets; the queue is in memory.
class SenderTest {
  private static final String TOKEN = "777:secret";

  private final Sim sim = Sim.start();
  private final Queues queues = Queues.inMemory(InstantSource.system());
  private final Telegram telegram = Telegram.connect(sim.uri(), BotToken.of(TOKEN));
  private Worker sender;
  private String chat;
  private MessageRef asked;

  @BeforeEach
  void somebodyAsks() {
    sim.bot(TOKEN);
    chat = sim.privateChat(777, 1001);
    asked = new MessageRef(1001, sim.say(chat, "hello").id(), 0);
    sender = Sender.start(queues, telegram, 4);
  }

  @AfterEach
  void end() {
    sender.close();
    telegram.close();
    queues.close();
    sim.close();
  }

  private static RichText text(String value) {
    return RichText.plain(value);
  }

  private Letter.Acknowledgement ack(JobId task) {
    return new Letter.Acknowledgement(
        task, Call.Target.replyTo(asked), text("on it"), List.of(), Duration.ZERO);
  }

  private static Letter progress(JobId task, String words, boolean last) {
    var phase = last ? Letter.Phase.ENDED : Letter.Phase.RUNNING;
    return new Letter.Progress(task, 1001, text(words), List.of(), phase);
  }

  private Letter answer(String words) {
    return Letter.answer(asked, text(words));
  }

  @Test
  void aLetterOfANewerFormatWaitsForANewerSenderAndHoldsItsPlace() throws InterruptedException {
    var lane = answer("x").toJob().group().orElseThrow();
    var strange = NewJob.of(Letter.QUEUE, "answer", Payload.of("{\"v\":2}")).group(lane);
    var newer = queues.enqueue(strange);
    var later = say(answer("after it"));
    await(() -> info(newer).lastFailure().contains("format version 2"));
    assertEquals(JobState.Waiting.class, info(newer).state().getClass());
    assertEquals(0, info(newer).job().tries().failures());
    assertEquals(JobState.Waiting.class, info(later).state().getClass(), "order is kept");
  }

  private JobInfo info(JobId letter) {
    return queues.queue(Letter.QUEUE).find(letter).orElseThrow();
  }

  private JobId say(Letter letter) {
    return queues.enqueue(letter.toJob());
  }

  /// A task that a worker is doing, until it is released.
  private Worker running(JobId task) throws InterruptedException {
    queues.enqueue(NewJob.of(Task.QUEUE, "text", Payload.empty()).id(task));
    var worker =
        queues
            .worker(Task.QUEUE)
            .start(job -> {
              Thread.sleep(Duration.ofDays(1));
              throw new IllegalStateException("must be interrupted");
            });
    await(() -> queues.queue(Task.QUEUE).counts().running() == 1);
    return worker;
  }

  private List<SimMessage> fromBot() {
    return sim.transcript(chat).stream().filter(SimMessage::fromBot).toList();
  }

  private List<String> texts() {
    return fromBot().stream().map(SimMessage::text).toList();
  }

  private JobState state(JobId letter) {
    return queues.queue(Letter.QUEUE).find(letter).orElseThrow().state();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    var deadline = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        fail("the condition did not come true in 20 s");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Test
  void anAnswerIsAReplyAndItsMessageIdIsTheResultOfItsJob() throws Exception {
    var letter = say(answer("42"));
    await(() -> state(letter) instanceof JobState.Finished);
    var message = fromBot().getFirst();
    assertEquals(asked.message(), message.replyTo().orElseThrow());
    assertTrue(!message.silent(), "an answer makes a sound");
    assertTrue(
        state(letter) instanceof JobState.Finished(_, Payload result)
            && result.text().equals("1001/" + message.id()));
  }

  @Test
  void anAnswerGoesBeforeTheProgressThatWaitsInItsChat() throws Exception {
    var task = new JobId("777.1");
    try (var _ = running(task)) {
      say(ack(task));
      await(() -> fromBot().size() == 1);
      queues.queue(Letter.QUEUE).pause();
      say(progress(task, "50 %", false));
      var answered = say(answer("42"));
      queues.queue(Letter.QUEUE).resume();
      await(() -> texts().equals(List.of("50 %", "42")));
      assertEquals(JobState.Finished.class, state(answered).getClass());
    }
    var methods = sim.calls().stream().map(call -> call.method()).toList();
    assertEquals(List.of("sendMessage", "sendMessage", "editMessageText"), methods);
  }

  @Test
  void buttonsThatDoNothingAnyMoreAreTakenAway() throws Exception {
    var button = List.of(List.of(new Button("Cancel", "c:1")));
    var answer =
        new Letter.Answer(Call.Target.replyTo(asked), Content.of(text("42")), button, null);
    say(answer);
    await(() -> fromBot().size() == 1);
    say(new Letter.Buttons(new MessageRef(1001, fromBot().getFirst().id(), 0), List.of()));
    await(() -> calls("editMessageReplyMarkup") == 1);
    say(new Letter.Buttons(new MessageRef(1001, 99, 0), List.of()));
    await(() -> calls("editMessageReplyMarkup") == 2);
    await(() -> queues.queue(Letter.QUEUE).counts().finished() == 3);
  }

  private long calls(String method) {
    return sim.calls().stream().filter(call -> call.method().equals(method)).count();
  }

  @Test
  void progressChangesTheAcknowledgementWhileTheTaskRuns() throws Exception {
    var task = new JobId("777.1");
    try (var _ = running(task)) {
      say(ack(task));
      say(progress(task, "50 %", false));
      await(() -> texts().equals(List.of("50 %")));
      assertTrue(fromBot().getFirst().silent(), "an acknowledgement makes no sound");
    }
  }

  @Test
  void progressThatComesAfterTheEndIsDroppedUnlessItIsTheLast() throws Exception {
    var task = new JobId("777.1");
    say(ack(task));
    var late = say(progress(task, "50 %", false));
    await(() -> state(late) instanceof JobState.Finished);
    assertEquals(List.of("on it"), texts());
    say(progress(task, "done", true));
    await(() -> texts().equals(List.of("done")));
  }

  @Test
  void theLastWordIsSaidAlthoughSomebodyWroteProgressAfterIt() throws Exception {
    var task = new JobId("777.1");
    try (var _ = running(task)) {
      say(ack(task));
      await(() -> texts().equals(List.of("on it")));
    }
    queues.queue(Letter.QUEUE).pause();
    say(progress(task, "50 %", false));
    say(progress(task, "canceled", true));
    var late = say(progress(task, "canceling…", false));
    queues.queue(Letter.QUEUE).resume();
    await(() -> state(late) instanceof JobState.Finished);
    await(() -> texts().equals(List.of("canceled")));
  }

  @Test
  void aFloodWaitClosesItsChatInOrderAndNoOther() throws Exception {
    sim.fault(Fault.tooMany(Duration.ofSeconds(2)).on("sendMessage"));
    var other = sim.privateChat(777, sim.user("Bob"));
    int otherAsked = sim.say(other, "me too").id();
    say(answer("one"));
    await(() -> sim.stats().planned() == 1);
    say(answer("two"));
    say(answer("three"));
    long bob = sim.transcript(other).getFirst().author().orElseThrow().id();
    say(Letter.answer(new MessageRef(bob, otherAsked, 0), text("for Bob")));
    await(() -> sim.transcript(other).size() == 2);
    assertEquals(List.of(), texts(), "the closed chat must wait");
    await(() -> texts().size() == 3);
    assertEquals(List.of("one", "two", "three"), texts());
    var waited =
        Duration.between(sim.transcript(other).getLast().sentAt(), fromBot().getFirst().sentAt());
    assertTrue(waited.compareTo(Duration.ofSeconds(1)) > 0, waited.toString());
  }

  @Test
  void anOutageDelaysAnswersInOrderAndLosesNone() throws Exception {
    sim.fault(Fault.of(Fault.Kind.HTML_502).on("sendMessage").times(3));
    sim.fault(Fault.of(Fault.Kind.CLOSE_BEFORE).on("sendMessage").nth(4).times(1));
    say(answer("one"));
    say(answer("two"));
    await(() -> texts().size() == 2);
    assertEquals(List.of("one", "two"), texts());
  }

  @Test
  void anAnswerWithAnUnknownFateIsSaidAgain() throws Exception {
    sim.fault(Fault.of(Fault.Kind.CLOSE_AFTER).on("sendMessage"));
    say(answer("42"));
    await(() -> texts().size() == 2);
    assertEquals(List.of("42", "42"), texts());
  }

  @Test
  void anAcknowledgementWithAnUnknownFateIsNotSaidAgain() throws Exception {
    sim.fault(Fault.of(Fault.Kind.CLOSE_AFTER).on("sendMessage"));
    var letter = say(ack(new JobId("777.1")));
    await(() -> state(letter) instanceof JobState.Finished);
    assertEquals(List.of("on it"), texts());
  }

  @Test
  void aLetterToSomebodyWhoBlockedTheBotIsKeptAsFailedWithTheReason() throws Exception {
    sim.block(777, 1001);
    var letter = say(answer("42"));
    await(() -> state(letter) instanceof JobState.Failed);
    assertTrue(
        state(letter) instanceof JobState.Failed(_, String reason)
            && reason.contains("bot was blocked by the user"));
  }

  @Test
  void anAnswerFollowsAGroupThatBecameASupergroup() throws Exception {
    var group = sim.group("group", "Team", 1001L);
    sim.add(group, 777);
    int question = sim.say(group, "/report x").id();
    var moved = sim.migrate(group);
    say(Letter.answer(new MessageRef(Long.parseLong(group), question, 0), text("42")));
    await(() -> sim.transcript(moved).stream().anyMatch(message -> message.text().equals("42")));
  }

  @Test
  void aDeletedQuestionDoesNotLoseItsAnswer() throws Exception {
    sim.delete(chat, asked.message());
    say(answer("42"));
    await(() -> texts().equals(List.of("42")));
    assertTrue(fromBot().getFirst().replyTo().isEmpty());
  }

  @Test
  void stylesThatTelegramWillNotHaveAreLeftOutAndTheTextIsSaid() throws Exception {
    sim.fault(Fault.of(Fault.Kind.BAD_REQUEST).on("sendMessage"));
    say(Letter.answer(asked, RichText.html("2 <b>bold</b>")));
    await(() -> texts().equals(List.of("2 bold")));
  }

  @Test
  void aRefusalThatNobodyCanExplainIsTriedAgainAndNotForEver() throws Exception {
    sim.fault(Fault.of(Fault.Kind.BAD_REQUEST).on("sendMessage").times(2));
    say(answer("42"));
    await(() -> texts().equals(List.of("42")));
    sim.fault(Fault.of(Fault.Kind.BAD_REQUEST).on("sendMessage").times(0));
    var letter = say(answer("43"));
    await(() -> state(letter) instanceof JobState.Failed);
  }

  private Letter.Answer instead(JobId task, String words) {
    return new Letter.Answer(
        Call.Target.replyTo(asked),
        Content.of(text(words)),
        List.of(),
        new Letter.Instead(task, 0));
  }

  @Test
  void anAnswerInTheAcknowledgementsPlaceIsThereOnceThoughItsFateWasUnknown() throws Exception {
    var task = new JobId("777.1");
    say(ack(task));
    await(() -> texts().equals(List.of("on it")));
    sim.fault(Fault.of(Fault.Kind.CLOSE_AFTER).on("editMessageText").times(2));
    var letter = say(instead(task, "42"));
    await(() -> state(letter) instanceof JobState.Finished);
    assertEquals(List.of("42"), texts());
  }

  @Test
  void anAnswerWithoutAnAcknowledgementMakesOneAndTakesItsPlace() throws Exception {
    sim.fault(Fault.of(Fault.Kind.CLOSE_AFTER).on("editMessageText"));
    say(instead(new JobId("777.1"), "42"));
    await(() -> texts().equals(List.of("42")));
    assertEquals(List.of("…", "42"), versions(fromBot().getFirst()));
  }

  @Test
  void anAnswerWhoseAcknowledgementThePersonDeletedArrives() throws Exception {
    var task = new JobId("777.1");
    say(ack(task));
    await(() -> texts().equals(List.of("on it")));
    sim.delete(chat, fromBot().getFirst().id());
    say(instead(task, "42"));
    await(() -> texts().getLast().equals("42"));
  }

  private static List<String> versions(SimMessage message) {
    return message.versions().stream().map(SimMessage.Shown::text).toList();
  }

  @Test
  void anAcknowledgementIsNotSaidWhenTheAnswerWasSooner() throws Exception {
    var late =
        say(
            new Letter.Acknowledgement(
                new JobId("777.1"),
                Call.Target.replyTo(asked),
                text("on it"),
                List.of(),
                Duration.ofMillis(50)));
    await(() -> state(late) instanceof JobState.Finished);
    assertEquals(List.of(), texts());
  }

  @Test
  void anEmptyLastWordDeletesTheAcknowledgement() throws Exception {
    var task = new JobId("777.1");
    say(ack(task));
    await(() -> texts().equals(List.of("on it")));
    say(progress(task, "", true));
    await(() -> fromBot().getFirst().deletedAt().isPresent());
  }

  @Test
  void aPictureAndAFileComeWithTheirCaptions() throws Exception {
    var target = Call.Target.replyTo(asked);
    var bytes = Payload.of(new byte[] {1, 2, 3, '\n', 5});
    say(
        new Letter.Answer(
            target,
            new Content.Document("a.bin", bytes, RichText.html("<b>b</b>")),
            List.of(),
            null));
    await(() -> texts().equals(List.of("b")));
    assertEquals("a.bin", fromBot().getFirst().shown().file());
  }

  @Test
  void aPictureThatTelegramCannotShowComesAsADocument() throws Exception {
    var target = Call.Target.replyTo(asked);
    var broken = Payload.of("this is no picture");
    say(
        new Letter.Answer(
            target, new Content.Photo("p.png", broken, text("look")), List.of(), null));
    await(() -> texts().equals(List.of("look")));
    assertEquals("p.png", fromBot().getFirst().shown().file());
  }

  @Test
  void anAcknowledgementFollowsAGroupThatMoved() throws Exception {
    var group = sim.group("group", "Team", 1001L);
    sim.add(group, 777);
    int question = sim.say(group, "/report x").id();
    var moved = sim.migrate(group);
    var task = new JobId("777.1");
    var there = new MessageRef(Long.parseLong(group), question, 0);
    try (var _ = running(task)) {
      say(
          new Letter.Acknowledgement(
              task, Call.Target.replyTo(there), text("on it"), List.of(), Duration.ZERO));
      await(() -> said(moved).equals(List.of("on it")));
      say(new Letter.Progress(task, there.chat(), text("50 %"), List.of(), Letter.Phase.RUNNING));
      await(() -> said(moved).equals(List.of("50 %")));
    }
  }

  private List<String> said(String where) {
    return sim.transcript(where).stream()
        .filter(message -> message.fromBot() && message.replyTo().isEmpty())
        .map(SimMessage::text)
        .filter(words -> !words.contains("supergroup"))
        .toList();
  }

  @Test
  void aJobThatIsNoLetterIsKeptAsFailed() throws Exception {
    var job = queues.enqueue(NewJob.of(Letter.QUEUE, "postcard", Payload.of("{\"v\":1}")));
    await(() -> state(job) instanceof JobState.Failed);
  }
}
