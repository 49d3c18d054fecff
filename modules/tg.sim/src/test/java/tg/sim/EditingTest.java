package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditingTest {
  private static final String NOT_MODIFIED =
      "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

  private static JsonObject edit(int message, String text) {
    return BotWire.chat(1001).add("message_id", message).add("text", text);
  }

  private static int sent(Room room) {
    JsonObject args =
        BotWire.chat(1001)
            .add("text", "Queued")
            .add("reply_markup", BotWire.keyboard("Cancel", "c"));
    return room.bot.ok("sendMessage", args).asObject().getInt("message_id", 0);
  }

  @Test
  void anEditThatNamesNoKeyboardTakesItAway() {
    try (Room room = new Room().started()) {
      int id = sent(room);
      JsonObject kept = edit(id, "Running").add("reply_markup", BotWire.keyboard("Cancel", "c"));
      assertNotNull(room.bot.ok("editMessageText", kept).asObject().get("reply_markup"));
      room.sim.advance(Duration.ofSeconds(5));
      JsonObject edited = room.bot.ok("editMessageText", edit(id, "Done")).asObject();
      assertNull(edited.get("reply_markup"));
      assertEquals(5, edited.getLong("edit_date", 0) - edited.getLong("date", 0));
      assertEquals(
          List.of("Queued", "Running", "Done"),
          room.sim.transcript(room.ann).getLast().versions().stream()
              .map(SimMessage.Shown::text)
              .toList());
    }
  }

  @Test
  void anEditThatChangesNothingIsRefused() {
    try (Room room = new Room().started()) {
      int id = sent(room);
      JsonObject same = edit(id, " Queued ").add("reply_markup", BotWire.keyboard("Cancel", "c"));
      room.bot.fails(400, NOT_MODIFIED, "editMessageText", same);
      room.bot.ok("editMessageText", edit(id, "Queued"));
      room.bot.fails(400, NOT_MODIFIED, "editMessageText", edit(id, "Queued"));
      room.bot.fails(400, NOT_MODIFIED, "editMessageReplyMarkup", edit(id, ""));
    }
  }

  @Test
  void onlyABotsOwnMessagesCanBeEdited() {
    try (Room room = new Room().started()) {
      int id = sent(room);
      room.bot.fails(400, "Bad Request: message can't be edited", "editMessageText", edit(1, "x"));
      room.bot.fails(
          400, "Bad Request: message to edit not found", "editMessageText", edit(99, "x"));
      room.bot.fails(
          400,
          "Bad Request: message identifier is not specified",
          "editMessageText",
          BotWire.chat(1001).add("text", "x"));
      room.bot.fails(
          400,
          "Bad Request: MESSAGE_ID_INVALID",
          "editMessageText",
          BotWire.args().add("inline_message_id", "a").add("text", "x"));
      JsonObject keys = Json.parse("{\"keyboard\":[[\"A\"]]}").asObject();
      room.bot.fails(
          400,
          "Bad Request: inline keyboard expected",
          "editMessageText",
          edit(id, "x").add("reply_markup", keys));
      room.bot.fails(
          400, "Bad Request: message is too long", "editMessageText", edit(id, "x".repeat(4_097)));
    }
  }

  @Test
  void aDeletedMessageIsGoneForTheBot() {
    try (Room room = new Room().started()) {
      int id = sent(room);
      room.bot.ok("deleteMessage", BotWire.chat(1001).add("message_id", id));
      room.bot.fails(
          400, "Bad Request: message to edit not found", "editMessageText", edit(id, "x"));
      room.bot.fails(
          400,
          "Bad Request: message to delete not found",
          "deleteMessage",
          BotWire.chat(1001).add("message_id", id));
      assertEquals(true, room.sim.transcript(room.ann).getLast().deletedAt().isPresent());
    }
  }

  @Test
  void messagesCanBeDeletedForTwoDays() {
    try (Room room = new Room().started()) {
      int id = sent(room);
      room.sim.advance(Duration.ofDays(2).minusSeconds(1));
      room.bot.ok("deleteMessage", BotWire.chat(1001).add("message_id", 1));
      room.sim.advance(Duration.ofSeconds(1));
      room.bot.fails(
          400,
          "Bad Request: message can't be deleted",
          "deleteMessage",
          BotWire.chat(1001).add("message_id", id));
      room.bot.fails(
          400,
          "Bad Request: message identifier is not specified",
          "deleteMessage",
          BotWire.chat(1001));
    }
  }

  @Test
  void severalAreDeletedAtOnceAndUnknownOnesPassedOver() {
    try (Room room = new Room().started()) {
      int id = sent(room);
      room.bot.ok(
          "deleteMessages",
          BotWire.chat(1001).add("message_ids", new JsonArray().add(1).add(id).add(99)));
      assertEquals(
          2,
          room.sim.transcript(room.ann).stream()
              .filter(message -> message.deletedAt().isPresent())
              .count());
      JsonArray many = new JsonArray();
      for (int i = 1; i <= 101; i++) {
        many.add(i);
      }
      room.bot.fails(
          400,
          "Bad Request: too many message identifiers specified",
          "deleteMessages",
          BotWire.chat(1001).add("message_ids", many));
      room.bot.fails(
          400,
          "Bad Request: message identifiers are not specified",
          "deleteMessages",
          BotWire.chat(1001));
    }
  }

  @Test
  void aUsersEditIsAnEditedMessage() {
    try (Room room = new Room().started()) {
      int id = room.sim.say(room.ann, "helo").id();
      room.confirm();
      room.sim.edit(room.ann, id, "hello");
      JsonObject update = room.bot.updates(BotWire.args().add("offset", -5)).get(0).asObject();
      assertEquals("hello", update.get("edited_message").asObject().getString("text", ""));
    }
  }
}
