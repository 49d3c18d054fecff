package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrammyTest {
  private static final String TOKEN = "888:grammy";

  @Test
  void aGrammyBotCannotTellTheSimulatorFromTelegram() {
    try (Sim sim = Sim.start()) {
      Optional<NodeBot> bot = NodeBot.start(sim, TOKEN);
      if (bot.isEmpty()) {
        assertFalse(
            "true".equals(System.getenv("CI")),
            "Node.js or npm is missing, or grammY could not be installed: see target/node/install.log");
        System.out.println(
            "*** NOT RUN: GrammyTest needs node, npm and a package registry; see target/node/install.log ***");
        return;
      }
      try (NodeBot running = bot.get()) {
        converse(sim, running);
      }
    }
  }

  private static void converse(Sim sim, NodeBot bot) {
    BotWire.await(
        "the bot's start; it says: " + bot.output(),
        () -> bot.output().contains("running as sim888_bot"));
    long id = sim.bot(TOKEN);
    String ann = sim.privateChat(id, 1001);

    SimMessage start = sim.say(ann, "/start");
    SimMessage hello = answer(sim, ann, 1);
    assertEquals("Hello, Ann", hello.text());
    assertEquals(start.id(), hello.replyTo().orElseThrow());

    sim.say(ann, "count <me>");
    BotWire.await("the edit", () -> answer(sim, ann, 2).text().equals("Done: 10"));
    SimMessage done = answer(sim, ann, 2);
    assertEquals(
        List.of("Working", "Done: 10"),
        done.versions().stream().map(SimMessage.Shown::text).toList());
    SimCallback pressed = sim.press(ann, done.id(), done.shown().buttons().getFirst().data());
    BotWire.await(
        "the answer to the button", () -> sim.callback(pressed.id()).answeredAt().isPresent());
    assertEquals("Canceled", sim.callback(pressed.id()).text());
    BotWire.await("the last edit", () -> answer(sim, ann, 2).text().equals("Canceled"));
    assertTrue(answer(sim, ann, 2).shown().buttons().isEmpty());

    sim.say(
        ann, Speech.document("quiet.txt", "text/plain", "psst".getBytes(StandardCharsets.UTF_8)));
    SimMessage loud = answer(sim, ann, 3);
    assertEquals("loud.txt", loud.shown().file());
    assertEquals("4 characters", loud.text());

    assertEquals(0, bot.stop(), bot.output());
    assertEquals(0, sim.pending(id), "the last batch is confirmed");
    /* When it stops, grammY drops its waiting poll and confirms with another, which ends the first one with a 409 that it never sees. */
    assertEquals(List.of(), refused(sim));
  }

  private static List<SimCall> refused(Sim sim) {
    return sim.calls().stream()
        .filter(call -> call.outcome().status() != 200)
        .filter(call -> !call.method().equals("getUpdates") || call.outcome().status() != 409)
        .toList();
  }

  /// Waits for the n-th message of the bot.
  private static SimMessage answer(Sim sim, String chat, int n) {
    BotWire.await("answer " + n, () -> answers(sim, chat).size() >= n);
    return answers(sim, chat).get(n - 1);
  }

  private static List<SimMessage> answers(Sim sim, String chat) {
    return sim.transcript(chat).stream().filter(SimMessage::fromBot).toList();
  }
}
