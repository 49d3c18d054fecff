package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ButtonTest {
  private static final String TOO_OLD =
      "Bad Request: query is too old and response timeout expired or query ID is invalid";

  private static int sent(Room room) {
    JsonObject args =
        BotWire.chat(1001).add("text", "x").add("reply_markup", BotWire.keyboard("Cancel", "c:1"));
    return room.bot.ok("sendMessage", args).asObject().getInt("message_id", 0);
  }

  private static JsonObject answer(SimCallback pressed) {
    return BotWire.args().add("callback_query_id", pressed.id());
  }

  @Test
  void aPressReachesTheBotAndItsAnswerTheUser() {
    try (Room room = new Room().started()) {
      int id = sent(room);
      SimCallback pressed = room.sim.press(room.ann, id, "c:1");
      JsonObject query =
          room.bot
              .updates(BotWire.args().add("offset", -5))
              .get(0)
              .asObject()
              .get("callback_query")
              .asObject();
      assertEquals(pressed.id(), query.getString("id", ""));
      assertEquals("c:1", query.getString("data", ""));
      assertEquals(1001, query.get("from").asObject().getLong("id", 0));
      assertEquals(id, query.get("message").asObject().getInt("message_id", 0));
      room.bot.ok(
          "answerCallbackQuery", answer(pressed).add("text", "Canceled").add("show_alert", true));
      assertEquals("Canceled", room.sim.callback(pressed.id()).text());
      assertEquals(true, room.sim.callback(pressed.id()).alert());
    }
  }

  @Test
  void aPressIsAnsweredOnceAndSoon() {
    try (Room room = new Room().started()) {
      int id = sent(room);
      SimCallback first = room.sim.press(room.ann, id, "c:1");
      room.bot.ok("answerCallbackQuery", answer(first));
      room.bot.fails(400, TOO_OLD, "answerCallbackQuery", answer(first));
      SimCallback second = room.sim.press(room.ann, id, "c:1");
      room.bot.fails(
          400,
          "Bad Request: MESSAGE_TOO_LONG",
          "answerCallbackQuery",
          answer(second).add("text", "x".repeat(201)));
      room.sim.advance(Duration.ofSeconds(15));
      room.bot.fails(400, TOO_OLD, "answerCallbackQuery", answer(second));
      room.bot.fails(400, TOO_OLD, "answerCallbackQuery", BotWire.args());
    }
  }

  @Test
  void aButtonThatIsGoneCannotBePressed() {
    try (Room room = new Room().started()) {
      int id = sent(room);
      room.bot.ok(
          "editMessageText", BotWire.chat(1001).add("message_id", id).add("text", "no buttons"));
      assertThrows(SimException.class, () -> room.sim.press(room.ann, id, "c:1"));
    }
  }
}
