package tg.evening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.evening.Scene.at;
import static tg.evening.Scene.press;
import static tg.evening.Scene.question;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tg.evening.Ask.Deed;
import tg.evening.Ask.Kind;
import tg.evening.Evidence.Trouble;
import tg.queue.JobState;
import tg.queue.Payload;
import tg.sim.SimCallback;

/// The checker sees what is wrong, and nothing else.
final class CheckerTest {
  private static final String LOST = "answers lost";
  private static final String OTHERWISE = "tasks with another end than they should have";
  private static final String TWICE = "answers shown twice without such a reason";
  private static final String ORDER = "answers to a person before those to earlier questions";
  private static final String WORKING = "acknowledgements that still say \"working\"";
  private static final Setting EDIT = new Setting(1, Scene.TASKS, 0, true);

  private final Scene scene = new Scene();

  private static JobState finished(int number, int seconds) {
    return new JobState.Finished(at(number, seconds), Payload.of(""));
  }

  @Test
  void anEveningAsItShouldBePasses() {
    assertEquals(List.of(), scene.check().failed());
    assertEquals(List.of(), scene.check(EDIT).failed());
  }

  @Test
  void aLostAnswerIsNoticed() {
    scene.remove(question(7) + 2);
    assertEquals(List.of(LOST), scene.check().failed());
  }

  @Test
  void halfAnAnswerIsLost() {
    scene.ask(7, Kind.LONG, Deed.NONE, finished(7, 2));
    scene.show(question(7) + 2, "answer 7. Line 1\n\n1/2");
    assertEquals(List.of(LOST), scene.check().failed());
    scene.add(900, question(7), at(7, 3), "answer 7. Line 60\n\n2/2");
    assertEquals(List.of(), scene.check().failed());
  }

  @Test
  void aQuestionThatWasNeverAskedIsNoticed() {
    scene.asked.remove(9);
    scene.messages.removeIf(message -> message.id() / 3 == 10);
    assertEquals(List.of("tasks that were asked as planned"), scene.check().failed());
  }

  @Test
  void aDoubledAnswerIsNoticed() {
    scene.add(900, question(7), at(7, 3), "answer 7.");
    assertEquals(List.of(TWICE), scene.check().failed());
  }

  @Test
  void anAnswerMayBeDoubledWhenItsFirstCallWasCutOff() {
    scene.add(900, question(7), at(7, 3), "answer 7.");
    scene.call(at(7, 2), "closeAfter");
    assertEquals(List.of(), scene.check().failed());
    assertEquals(List.of(TWICE), scene.check(EDIT).failed(), "an edit can be repeated");
  }

  @Test
  void aFaultAfterWhichTheBotKnowsIsNoExcuse() {
    scene.add(900, question(7), at(7, 3), "answer 7.");
    scene.call(at(7, 2), "500");
    assertEquals(List.of(TWICE), scene.check().failed());
  }

  @Test
  void anAnswerMayBeDoubledByAKillAtThatMomentOnly() {
    scene.add(900, question(7), at(7, 3), "answer 7.");
    scene.troubles.add(new Trouble("worker-1 killed", "", at(7, 3), at(7, 5)));
    assertEquals(List.of(), scene.check().failed());
    scene.add(901, question(9), at(9, 3), "answer 9.");
    assertEquals(List.of(TWICE), scene.check().failed());
  }

  @Test
  void aWrongOrderIsNoticed() {
    scene.remove(question(7) + 2);
    scene.add(question(8) + 3, question(7), at(8, 5), "answer 7.");
    assertEquals(List.of(ORDER), scene.check().failed());
  }

  @Test
  void aStuckAcknowledgementIsNoticed() {
    scene.show(question(7) + 1, "⏳ Queued");
    assertEquals(List.of(WORKING), scene.check().failed());
  }

  @Test
  void anAcknowledgementMayBeStuckWhenTheBotCannotKnowOfIt() {
    scene.show(question(7) + 1, "⏳ Queued");
    scene.call(at(7, 1), "garbage");
    assertEquals(List.of(), scene.check().failed());
  }

  @Test
  void canceledMeansNoAnswerAndTheWordUnderTheAcknowledgement() {
    var pressed = press("c/777.1002.21/1002", at(7, 1), Duration.ofMillis(20));
    var canceled = new JobState.Canceled(at(7, 1).plusMillis(300));
    scene.ask(7, Kind.ANSWER, Deed.CANCEL, canceled, pressed);
    scene.show(question(7) + 1, "⏳ Queued", "✗ Canceled");
    assertEquals(List.of(OTHERWISE), scene.check().failed(), "answered all the same");
    scene.remove(question(7) + 2);
    assertEquals(List.of(), scene.check().failed());
    scene.show(question(7) + 1, "⏳ Queued", "Canceling…");
    assertEquals(List.of(LOST, WORKING), scene.check().failed());
  }

  @Test
  void aCancelThatIsIgnoredIsNoticed() {
    var pressed = press("c/777.1002.21/1002", at(7, 1), Duration.ofMillis(20));
    scene.ask(7, Kind.ANSWER, Deed.CANCEL, finished(7, 8), pressed);
    assertEquals(List.of("Cancel pressed, and the task went on"), scene.check().failed());
  }

  @Test
  void aCancelThatTakesLongIsNoticed() {
    var pressed = press("c/777.1002.21/1002", at(7, 1), Duration.ofMillis(20));
    scene.ask(7, Kind.ANSWER, Deed.CANCEL, new JobState.Canceled(at(7, 3)), pressed);
    assertTrue(scene.check().failed().contains("Cancel pressed → task ended, median"));
  }

  @Test
  void pressesThatAreAnsweredLateAreNoticed() {
    var presses = new SimCallback[200];
    for (int i = 0; i < presses.length; i++) {
      presses[i] = press("r/777.1002.21/1002", at(7, 1), Duration.ofMillis(i < 4 ? 400 : 20));
    }
    scene.ask(7, Kind.ANSWER, Deed.NONE, finished(7, 2), presses);
    assertEquals(List.of("press → answered, p99"), scene.check().failed());
  }

  @Test
  void aFailureShowsItsReasonAndOneThatWasTriedAgainTheAnswerToo() {
    var failed = new JobState.Failed(at(7, 2), "reason 7.");
    scene.ask(7, Kind.FAIL, Deed.NONE, failed);
    assertEquals(List.of(OTHERWISE), scene.check().failed());
    scene.show(question(7) + 1, "⏳ Queued", "✗ Failed");
    scene.show(question(7) + 2, "reason 7.");
    assertEquals(List.of(), scene.check().failed());
    var pressed = press("r/777.1002.21/1002", at(7, 3), Duration.ofMillis(20));
    scene.ask(7, Kind.FAIL, Deed.RETRY, failed, pressed);
    assertEquals(List.of(OTHERWISE), scene.check().failed());
    scene.add(900, question(7), at(7, 4), "answer 7.");
    assertEquals(List.of(), scene.check().failed());
  }

  @Test
  void whatIsAskedBeforeTheBotIsBlockedMayBeDroppedAndNothingElse() {
    scene.ask(7, Kind.ANSWER, Deed.NONE, new JobState.Canceled(at(7, 2)));
    scene.remove(question(7) + 2);
    scene.show(question(7) + 1, "⏳ Queued");
    assertEquals(List.of(LOST, WORKING), scene.check().failed());
    scene.troubles.add(new Trouble("blocked", Scene.CHAT, at(7, 2), at(7, 5)));
    assertEquals(List.of(), scene.check().failed());
    scene.remove(question(8) + 2);
    assertEquals(List.of(LOST), scene.check().failed());
  }

  @Test
  void aMessageThatBelongsToNoTaskIsNoticed() {
    scene.add(900, 0, at(7, 3), "Hello?");
    assertEquals(List.of("messages that belong to no task"), scene.check().failed());
  }

  @Test
  void aFloodWaitThatWasEarnedIsNoticed() {
    scene.earned = 1;
    assertEquals(List.of("429 earned by the bot's own pace"), scene.check().failed());
  }

  @Test
  void aProcessThatEndedByItselfIsNoticed() {
    scene.broken.add("worker-1 ended by itself with status 1");
    assertEquals(List.of("processes that did not do as they were told"), scene.check().failed());
  }

  @Test
  void theUseIsOfWhatTheLimitsAllowWhileLettersWait() {
    for (int second = 0; second <= 400; second++) {
      scene.backlog.add(new Evidence.Backlog(at(1, second), Map.of(Scene.USER, 5)));
    }
    for (int second = 0; second < 400; second++) {
      scene.call(at(1, second), "");
    }
    assertEquals(List.of(), scene.check().failed());
    scene.calls.removeIf(call -> call.n() % 12 == 0);
    assertEquals(List.of("  of these, made"), scene.check().failed());
  }
}
