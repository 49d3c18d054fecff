package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendingTest {
  private static JsonObject text(String text) {
    return BotWire.chat(1001).add("text", text);
  }

  private static void refused(Room room, String description, JsonObject args) {
    room.bot.fails(400, description, "sendMessage", args);
  }

  private static JsonObject reply(int message) {
    return BotWire.args().add("message_id", message);
  }

  @Test
  void aMessageComesBackAsItWasSent() {
    try (Room room = new Room().started()) {
      JsonObject args =
          text("<b>bold</b> /go").add("parse_mode", "HTML").add("reply_parameters", reply(1));
      JsonObject sent = room.bot.ok("sendMessage", args).asObject();
      assertEquals(2, sent.getInt("message_id", 0));
      assertEquals("bold /go", sent.getString("text", ""));
      assertEquals(
          "[{\"offset\":0,\"length\":4,\"type\":\"bold\"},{\"offset\":5,\"length\":3,\"type\":\"bot_command\"}]",
          sent.get("entities").toString());
      assertEquals(1_795_514_400, sent.getLong("date", 0));
      assertEquals(1001, sent.get("chat").asObject().getLong("id", 0));
      JsonObject target = sent.get("reply_to_message").asObject();
      assertEquals("/start", target.getString("text", ""));
      assertNull(sent.get("reply_markup"));
    }
  }

  @Test
  void textsAreCheckedInTheOfficialOrder() {
    try (Room room = new Room().started()) {
      refused(room, "Bad Request: message text is empty", BotWire.chat(1).add("parse_mode", "x"));
      refused(
          room, "Bad Request: text is too long", text("ж".repeat(16_385)).add("parse_mode", "x"));
      refused(room, "Bad Request: unsupported parse_mode", text("*").add("parse_mode", "x"));
      refused(
          room,
          "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
          BotWire.chat(1).add("text", "1.5").add("parse_mode", "MarkdownV2"));
      refused(room, "Bad Request: chat not found", BotWire.chat(1).add("text", " "));
      refused(room, "Bad Request: text must be non-empty", text(" \n "));
      refused(
          room, "Bad Request: text must be non-empty", text("<b> </b>").add("parse_mode", "html"));
      refused(room, "Bad Request: message is too long", text("x".repeat(4_097)));
    }
  }

  @Test
  void lengthIsCountedInCodePointsAfterParsing() {
    try (Room room = new Room().started()) {
      room.bot.ok("sendMessage", text("😀".repeat(4_096)));
      refused(room, "Bad Request: message is too long", text("😀".repeat(4_097)));
      room.bot.ok(
          "sendMessage", text("<b>" + "x".repeat(4_096) + "</b>").add("parse_mode", "HTML"));
    }
  }

  @Test
  void entitiesCanBeGivenInsteadOfMarkup() {
    try (Room room = new Room().started()) {
      JsonArray entities =
          Json.parse("[{\"type\":\"italic\",\"offset\":2,\"length\":3}]").asArray();
      JsonObject sent =
          room.bot.ok("sendMessage", text("😀 it").add("entities", entities)).asObject();
      assertEquals(
          "[{\"offset\":2,\"length\":3,\"type\":\"italic\"}]", sent.get("entities").toString());
    }
  }

  @Test
  void chatsAreChecked() {
    try (Room room = new Room()) {
      long bob = room.sim.user("Bob");
      long other = room.sim.bot("778:secret");
      refused(room, "Bad Request: chat_id is empty", BotWire.args().add("text", "x"));
      refused(room, "Bad Request: chat not found", BotWire.chat(5).add("text", "x"));
      refused(
          room,
          "Bad Request: chat not found",
          BotWire.args().add("chat_id", "Ann").add("text", "x"));
      room.bot.fails(
          403,
          "Forbidden: bot can't initiate conversation with a user",
          "sendMessage",
          BotWire.chat(bob).add("text", "x"));
      room.bot.fails(
          403,
          "Forbidden: the bot can't send messages to the bot",
          "sendMessage",
          BotWire.chat(other).add("text", "x"));
    }
  }

  @Test
  void aReplyNeedsItsTargetUnlessItMayGoWithout() {
    try (Room room = new Room().started()) {
      refused(
          room,
          "Bad Request: message to be replied not found",
          text("x").add("reply_parameters", reply(99)));
      JsonObject without = reply(99).add("allow_sending_without_reply", true);
      assertNull(
          room.bot
              .ok("sendMessage", text("x").add("reply_parameters", without))
              .asObject()
              .get("reply_to_message"));
      JsonObject elsewhere = reply(99).add("allow_sending_without_reply", true).add("chat_id", 5);
      refused(
          room,
          "Bad Request: message to be replied not found",
          text("x").add("reply_parameters", elsewhere));
      refused(
          room,
          "Bad Request: QUOTE_TEXT_INVALID",
          text("x").add("reply_parameters", reply(1).add("quote", "stop")));
      refused(
          room,
          "Bad Request: can't parse reply parameters JSON object",
          text("x").add("reply_parameters", "{"));
    }
  }

  @Test
  void theOldWayToReplyWorksIfTheNewOneIsAbsent() {
    try (Room room = new Room().started()) {
      JsonValue sent = room.bot.ok("sendMessage", text("x").add("reply_to_message_id", 1));
      assertEquals(1, sent.asObject().get("reply_to_message").asObject().getInt("message_id", 0));
      refused(
          room,
          "Bad Request: message to be replied not found",
          text("x").add("reply_to_message_id", 99));
      room.bot.ok(
          "sendMessage",
          text("x").add("reply_to_message_id", 99).add("allow_sending_without_reply", true));
      room.bot.ok(
          "sendMessage",
          text("x").add("reply_to_message_id", 99).add("reply_parameters", reply(1)));
    }
  }

  @Test
  void aReplyToAMessageThatItsUserDeletedFailsOnlyIfTheServerKnows() {
    try (Room room = new Room().started()) {
      int known = room.sim.say(room.ann, "one").id();
      int unknown = room.sim.say(room.ann, "two").id();
      room.sim.delete(room.ann, known);
      room.sim.deleteUnnoticed(room.ann, unknown);
      refused(
          room,
          "Bad Request: message to be replied not found",
          text("x").add("reply_parameters", reply(known)));
      room.bot.ok("sendMessage", text("x").add("reply_parameters", reply(unknown)));
      assertEquals(unknown, room.sim.transcript(room.ann).getLast().replyTo().orElseThrow());
    }
  }

  @Test
  void replyToMessageIsOneLevelDeep() {
    try (Room room = new Room().started()) {
      room.bot.ok("sendMessage", text("two").add("reply_parameters", reply(1)));
      JsonObject third =
          room.bot.ok("sendMessage", text("three").add("reply_parameters", reply(2))).asObject();
      assertNull(third.get("reply_to_message").asObject().get("reply_to_message"));
    }
  }

  @Test
  void topicsOfAForum() {
    try (Room room = new Room()) {
      String forum = room.sim.forum("Team", 1001L);
      room.sim.add(forum, room.id);
      int topic = room.sim.topic(forum, "News");
      JsonObject there = BotWire.args().add("chat_id", forum).add("text", "x");
      JsonObject sent =
          room.bot
              .ok("sendMessage", new JsonObject(there).add("message_thread_id", topic))
              .asObject();
      assertEquals(topic, sent.getInt("message_thread_id", 0));
      assertEquals(true, sent.getBoolean("is_topic_message", false));
      refused(
          room,
          "Bad Request: message thread not found",
          new JsonObject(there).add("message_thread_id", 99));
      refused(
          room,
          "Bad Request: message thread not found",
          new JsonObject(there).add("message_thread_id", 1));
      JsonObject general = room.bot.ok("sendMessage", there).asObject();
      assertNull(general.get("message_thread_id"));
      JsonObject action =
          BotWire.args().add("chat_id", forum).add("action", "typing").add("message_thread_id", 1);
      room.bot.ok("sendChatAction", action);
      JsonObject answer =
          new JsonObject(there).add("reply_parameters", reply(sent.getInt("message_id", 0)));
      assertEquals(
          topic, room.bot.ok("sendMessage", answer).asObject().getInt("message_thread_id", 0));
    }
  }

  @Test
  void threadsOutsideOfForums() {
    try (Room room = new Room().started()) {
      String group = room.sim.group("supergroup", "Team", 1001L);
      room.sim.add(group, room.id);
      room.sim.privacy(room.id, false);
      int first = room.sim.say(group, "one").id();
      JsonObject args =
          BotWire.args().add("chat_id", group).add("text", "x").add("message_thread_id", 99);
      JsonObject sent =
          room.bot.ok("sendMessage", args.add("reply_parameters", reply(first))).asObject();
      assertEquals(first, sent.getInt("message_thread_id", 0), "a chain of replies is a thread");
      assertNull(sent.get("is_topic_message"));
      refused(room, "Bad Request: message thread not found", text("x").add("message_thread_id", 5));
    }
  }

  @Test
  void inlineKeyboardsAreChecked() {
    try (Room room = new Room().started()) {
      JsonObject sent =
          room.bot
              .ok("sendMessage", text("x").add("reply_markup", BotWire.keyboard("A", "a")))
              .asObject();
      assertEquals(BotWire.keyboard("A", "a"), sent.get("reply_markup"));
      room.bot.ok(
          "sendMessage", text("x").add("reply_markup", BotWire.keyboard("A", "ж".repeat(32))));
      refused(
          room,
          "Bad Request: BUTTON_DATA_INVALID",
          text("x").add("reply_markup", BotWire.keyboard("A", "ж".repeat(33))));
      refused(
          room,
          "Bad Request: BUTTON_DATA_INVALID",
          text("x").add("reply_markup", BotWire.keyboard("A", "")));
      refused(
          room,
          "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
          text("x").add("reply_markup", Json.parse("{\"inline_keyboard\":[[{\"text\":\"A\"}]]}")));
      refused(
          room,
          "Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
          text("x")
              .add(
                  "reply_markup",
                  Json.parse("{\"inline_keyboard\":[[{\"text\":\"A\",\"url\":\"nowhere\"}]]}")));
      refused(
          room,
          "Bad Request: can't parse reply keyboard markup JSON object",
          text("x").add("reply_markup", "{"));
      refused(
          room,
          "Bad Request: object expected as reply markup",
          text("x").add("reply_markup", "[]"));
    }
  }

  @Test
  void actionsEndAfterFiveSecondsOrWithAMessage() {
    try (Room room = new Room().started()) {
      room.bot.ok("sendChatAction", BotWire.chat(1001).add("action", "typing"));
      assertEquals("typing", room.sim.action(room.ann).orElseThrow());
      room.sim.advance(Duration.ofSeconds(5));
      assertEquals(true, room.sim.action(room.ann).isEmpty());
      room.bot.ok("sendChatAction", BotWire.chat(1001).add("action", "upload_audio"));
      assertEquals("upload_voice", room.sim.action(room.ann).orElseThrow());
      room.bot.message(1001, "done");
      assertEquals(true, room.sim.action(room.ann).isEmpty());
      room.bot.fails(
          400,
          "Bad Request: wrong parameter action in request",
          "sendChatAction",
          BotWire.chat(1001).add("action", "dance"));
    }
  }

  @Test
  void draftsAreAcceptedInPrivateChats() {
    try (Room room = new Room().started()) {
      room.bot.ok(
          "sendMessageDraft", BotWire.chat(1001).add("draft_id", 7).add("text", "Step 3 of 7"));
      assertEquals(1, room.sim.transcript(room.ann).size(), "a draft is no message");
      room.bot.fails(
          400,
          "Bad Request: draft identifier is not specified",
          "sendMessageDraft",
          BotWire.chat(1001));
    }
  }
}
