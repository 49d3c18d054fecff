package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private static final int BOTS = 20;
  private static final int MESSAGES = 50;

  /// Echoes until it has seen all messages; returns their texts in the order in which they came.
  private static List<String> echo(BotWire bot) {
    List<String> seen = new ArrayList<>();
    int offset = 0;
    while (seen.size() < MESSAGES) {
      JsonArray updates = bot.updates(BotWire.args().add("offset", offset).add("timeout", 20));
      for (JsonValue update : updates) {
        JsonObject message = update.asObject().get("message").asObject();
        seen.add(message.getString("text", ""));
        bot.message(message.get("chat").asObject().getLong("id", 0), "echo " + seen.getLast());
        offset = update.asObject().getInt("update_id", 0) + 1;
      }
    }
    return seen;
  }

  @Test
  void manyBotsPollAndAnswerAtOnceAndEachSeesItsOwnInOrder() throws Exception {
    try (Sim sim = Sim.start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> expected = IntStream.range(0, MESSAGES).mapToObj(i -> "message " + i).toList();
      List<Future<List<String>>> echoes = new ArrayList<>();
      List<BotWire> wires = new ArrayList<>();
      for (int i = 1; i <= BOTS; i++) {
        BotWire wire = BotWire.to(sim, i + ":secret");
        long id = sim.bot(i + ":secret");
        Callable<List<String>> echo = () -> echo(wire);
        echoes.add(threads.submit(echo));
        wires.add(wire);
        Thread.ofVirtual()
            .start(() -> expected.forEach(text -> sim.say(sim.privateChat(id, 1001), text)));
      }
      for (Future<List<String>> echo : echoes) {
        assertEquals(expected, echo.get());
      }
      for (int i = 1; i <= BOTS; i++) {
        assertEquals(2 * MESSAGES, sim.transcript("1001@" + i).size());
      }
      assertEquals(0, sim.calls().stream().filter(call -> call.outcome().status() != 200).count());
      wires.forEach(BotWire::close);
    }
  }

  @Test
  void closingEndsWaitingPollsAndIsHarmlessTwice() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Room room = new Room();
      Future<?> poll =
          threads.submit(() -> room.bot.post("getUpdates", BotWire.args().add("timeout", 50)));
      BotWire.await("a waiting poll", () -> room.sim.polls(room.id));
      room.close();
      room.sim.close();
      BotWire.await("the poll's end", poll::isDone);
    }
  }
}
