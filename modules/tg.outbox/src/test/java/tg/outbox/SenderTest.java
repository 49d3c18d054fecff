package tg.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tg.api.Button;
import tg.api.Call;
import tg.api.MessageRef;
import tg.queue.JobId;
import tg.queue.JobState;
import tg.queue.NewJob;
import tg.queue.Payload;
import tg.sim.Fault;

/// When letters are said, and what becomes of them when they cannot be.
class SenderTest extends Sending {
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
  void aDeletedQuestionDoesNotLoseItsAnswer() throws Exception {
    sim.delete(chat, asked.message());
    say(answer("42"));
    await(() -> texts().equals(List.of("42")));
    assertTrue(fromBot().getFirst().replyTo().isEmpty());
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
  void aJobThatIsNoLetterIsKeptAsFailed() throws Exception {
    var job = queues.enqueue(NewJob.of(Letter.QUEUE, "postcard", Payload.of("{\"v\":1}")));
    await(() -> state(job) instanceof JobState.Failed);
  }
}
