package tg.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tg.api.Call;
import tg.api.MessageRef;
import tg.queue.JobId;
import tg.queue.JobState;
import tg.queue.Payload;
import tg.sim.Fault;
import tg.text.RichText;

/// In which form and at which place an answer comes.
class AnswerFormTest extends Sending {
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
  void stylesThatTelegramWillNotHaveAreLeftOutAndTheTextIsSaid() throws Exception {
    sim.fault(Fault.of(Fault.Kind.BAD_REQUEST).on("sendMessage"));
    say(Letter.answer(asked, RichText.html("2 <b>bold</b>")));
    await(() -> texts().equals(List.of("2 bold")));
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
}
