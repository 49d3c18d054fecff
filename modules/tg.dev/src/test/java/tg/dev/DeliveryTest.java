package tg.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tg.sim.Fault;
import tg.sim.SimCall;
import tg.sim.SimMessage;
import tg.sim.Speech;

/// The other ways to answer, and who may ask.
class DeliveryTest {
  @Test
  void whoIsNotOnTheListIsTurnedAway() throws Exception {
    try (var stage = new Stage(Map.of("TG_ALLOW", "9001"))) {
      var stranger = stage.person("Stranger");
      int knock = stage.sim.say(stranger, "hello").id();
      assertTrue(
          stage
              .await(stranger, knock, 1)
              .getFirst()
              .text()
              .startsWith("Sorry, this bot is private"));
      assertEquals(0, stage.queues.queue("tasks").counts().finished());
    }
  }

  @Test
  void inEditModeTheAnswerTakesThePlaceOfTheAcknowledgement() throws Exception {
    try (var stage = new Stage(Map.of("TG_DELIVERY", "edit"))) {
      var chat = stage.person("Ann");
      for (var kind :
          new Fault.Kind[] {Fault.Kind.CLOSE_AFTER, Fault.Kind.EMPTY, Fault.Kind.HTML_502}) {
        int asked = stage.sim.say(chat, "wait " + kind).id();
        stage.await(chat, asked, 1);
        stage.sim.fault(Fault.of(kind).on("editMessageText").times(2));
        stage.release(kind.toString());
        Chats.await(
            "an answer in spite of " + kind,
            Stage.LIMIT,
            () -> stage.under(chat, asked).stream().anyMatch(m -> m.text().equals("done " + kind)));
        assertEquals(
            1,
            stage.under(chat, asked).stream()
                .map(SimMessage::text)
                .filter(("done " + kind)::equals)
                .count());
        assertEquals(1, stage.under(chat, asked).size());
        stage.sim.clearFaults();
      }
      int quick = stage.sim.say(chat, "quick").id();
      Chats.await(
          "an answer",
          Stage.LIMIT,
          () -> stage.under(chat, quick).stream().anyMatch(m -> m.text().equals("got quick")));
      assertEquals(1, stage.under(chat, quick).size());
    }
  }

  @Test
  void previewsShowWhatIsDoneInPrivateChatsAndNowhereElse() throws Exception {
    try (var stage = new Stage(Map.of("TG_DRAFTS", "on"))) {
      var chat = stage.person("Ann");
      stage.sim.say(chat, "wait shown");
      Chats.await("three previews", Stage.LIMIT, () -> drafts(stage).size() >= 3);
      assertTrue(drafts(stage).getLast().params().getOrDefault("text", "").contains("step"));
      assertEquals(
          1,
          drafts(stage).stream()
              .map(call -> call.params().getOrDefault("draft_id", ""))
              .distinct()
              .count());
      long bob = stage.sim.user("Bob");
      var group = stage.sim.group("supergroup", "Team", bob);
      stage.sim.add(group, Stage.BOT);
      stage.sim.say(group, Speech.text("/exec wait group").from(bob));
      Chats.await("typing", Stage.LIMIT, () -> stage.sim.action(group).isPresent());
      assertTrue(
          drafts(stage).stream()
              .noneMatch(call -> call.params().getOrDefault("chat_id", "").equals(group)));
      stage.release("shown");
      stage.release("group");
    }
  }

  private static List<SimCall> drafts(Stage stage) {
    return stage.sim.calls().stream()
        .filter(call -> call.method().equalsIgnoreCase("sendMessageDraft"))
        .toList();
  }
}
