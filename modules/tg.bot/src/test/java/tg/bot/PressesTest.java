package tg.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.api.BotToken;
import tg.api.Button;
import tg.api.Call;
import tg.api.Chat;
import tg.api.Message;
import tg.api.MessageRef;
import tg.api.Telegram;
import tg.api.Update;
import tg.api.User;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.outbox.TaskButton;
import tg.queue.JobId;
import tg.queue.JobState;
import tg.queue.Queues;
import tg.queue.Registry;
import tg.sim.Sim;
import tg.sim.SimCallback;
import tg.text.RichText;

/// Presses of buttons that are old, forged, of others, or of nobody.
class PressesTest {
  private static final long ANN = 1001;

  private final Sim sim = Sim.start();
  private final Queues queues = Queues.inMemory(InstantSource.system());
  private final Telegram telegram = Telegram.connect(sim.uri(), BotToken.of("777:secret"));
  private final Admission admission =
      Desk.of(queues, telegram, new Identity(777, "desk_bot"), AdmissionTest.talk(Map.of()))
          .admission();
  private final String chat = sim.privateChat(sim.bot("777:secret"), ANN);
  private long nextUpdate = 1;

  PressesTest() {
    sim.say(chat, "/start");
  }

  @AfterEach
  void end() {
    telegram.close();
    queues.close();
    sim.close();
  }

  /// A task of somebody, in the private chat with him.
  private JobId task(long user) {
    var ref = new MessageRef(user, (int) nextUpdate, 0);
    var from = new User(user, false, "User", "user", "en");
    var place = new Chat(user, Chat.Type.PRIVATE, "User", false);
    var message =
        new Message(ref, place, from, Instant.EPOCH, "work " + nextUpdate, List.of(), null);
    assertTrue(admission.admit(new Update.NewMessage(nextUpdate++, message)));
    return Task.idFor(777, ref);
  }

  private static String data(TaskButton.Verb verb, JobId task, long owner) {
    return new TaskButton(verb, task, owner).row("x").getFirst().getFirst().data();
  }

  /// A message of the bot with a button that carries this.
  private MessageRef message(String data) {
    var buttons = List.of(List.of(new Button("press me", data)));
    var target = new Call.Target(ANN, 0, 0);
    return telegram.call(new Call.SendMessage(target, RichText.plain("a message"), buttons, true));
  }

  private Update.ButtonPress press(MessageRef shown, String query, String data) {
    var ann = new User(ANN, false, "Ann", "ann", "en");
    return new Update.ButtonPress(nextUpdate++, query, ann, shown, data);
  }

  /// Ann presses, and the bot hears of it.
  private SimCallback pressed(String data) {
    var shown = message(data);
    var query = sim.press(chat, shown.message(), data).id();
    assertTrue(admission.admit(press(shown, query, data)));
    return sim.callback(query);
  }

  private boolean waits(JobId task) {
    return queues
        .queue(Task.QUEUE)
        .find(task)
        .filter(info -> info.state() instanceof JobState.Waiting)
        .isPresent();
  }

  private List<Letter> letters() {
    return queues.queue(Letter.QUEUE).list(Registry.WAITING, 0, 100).stream()
        .map(info -> Letter.of(info.job()))
        .toList();
  }

  @Test
  void aPressIsAnsweredThoughTheQueueIsAway() {
    var data = data(TaskButton.Verb.CANCEL, task(ANN), ANN);
    var shown = message(data);
    var query = sim.press(chat, shown.message(), data).id();
    queues.close();
    assertFalse(admission.admit(press(shown, query, data)), "it must come again");
    assertEquals("Canceling…", sim.callback(query).text());
  }

  @Test
  void ownWorkIsCanceled() {
    var task = task(ANN);
    assertEquals("Canceling…", pressed(data(TaskButton.Verb.CANCEL, task, ANN)).text());
    assertFalse(waits(task));
  }

  @Test
  void aButtonOfAnotherVersionOrOfNobodyIsAnsweredAndDoesNothing() {
    var task = task(ANN);
    for (var data : List.of("zzz", "c/", "c//1001", "x/1/1001", "c/" + task + "/-1", "c/ /1001")) {
      assertEquals("This button does nothing any more.", pressed(data).text(), data);
    }
    assertTrue(waits(task));
  }

  @Test
  void theButtonOfATaskThatIsLongOverIsAnsweredAndTakenAway() {
    pressed(data(TaskButton.Verb.CANCEL, new JobId("777.1001.99"), ANN));
    assertTrue(letters().stream().anyMatch(Letter.Buttons.class::isInstance));
  }

  @Test
  void aRepetitionOfATaskThatIsLongOverIsAnsweredInWordsOnce() {
    var data = data(TaskButton.Verb.RETRY, new JobId("777.1001.99"), ANN);
    var shown = message(data);
    var query = sim.press(chat, shown.message(), data).id();
    var press = press(shown, query, data);
    assertTrue(admission.admit(press));
    assertTrue(admission.admit(press), "Telegram delivers it again");
    assertEquals(1, letters().stream().filter(Letter.Answer.class::isInstance).count());
  }

  @Test
  void somebodyElsesButtonIsRefusedWithAnAlert() {
    var task = task(1002);
    var answer = pressed(data(TaskButton.Verb.CANCEL, task, 1002));
    assertTrue(answer.text().startsWith("Only the person who asked"));
    assertTrue(answer.alert());
    assertTrue(waits(task));
  }

  @Test
  void aButtonThatWasForgedReachesNoTaskOfOthers() {
    var task = task(1002);
    for (var verb : TaskButton.Verb.values()) {
      pressed(data(verb, task, ANN));
      assertTrue(waits(task), "the task knows whose it is");
    }
  }

  @Test
  void aPressUnderAMessageThatTelegramNoLongerShowsWorksForItsOwnerAlone() {
    var own = task(ANN);
    var foreign = task(1002);
    var nowhere = new MessageRef(0, 0, 0);
    assertTrue(admission.admit(press(nowhere, "1", data(TaskButton.Verb.CANCEL, foreign, 1002))));
    assertTrue(admission.admit(press(nowhere, "2", data(TaskButton.Verb.CANCEL, foreign, ANN))));
    assertTrue(waits(foreign));
    assertTrue(admission.admit(press(nowhere, "3", data(TaskButton.Verb.CANCEL, own, ANN))));
    assertFalse(waits(own));
  }

  @Test
  void aTaskThatHasNotFailedIsNotTriedAgain() {
    var task = task(ANN);
    pressed(data(TaskButton.Verb.RETRY, task, ANN));
    assertEquals(1, queues.queue(Task.QUEUE).counts().waiting());
  }
}
