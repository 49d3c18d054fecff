package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipTest {
  private static JsonObject to(String chat) {
    return BotWire.args().add("chat_id", chat).add("text", "x");
  }

  private static List<String> kinds(Room room) {
    List<String> kinds = new ArrayList<>();
    for (JsonValue update : room.bot.updates(BotWire.args().add("offset", -100))) {
      String kind = update.asObject().names().get(1);
      JsonObject body = update.asObject().get(kind).asObject();
      kinds.add(
          kind.equals("my_chat_member")
              ? body.get("old_chat_member").asObject().getString("status", "")
                  + " to "
                  + body.get("new_chat_member").asObject().getString("status", "")
              : body.getString("text", body.names().getLast()));
    }
    room.confirm();
    return kinds;
  }

  @Test
  void aUserBlocksTheBot() {
    try (Room room = new Room().started()) {
      room.sim.block(room.id, 1001);
      room.bot.fails(
          403,
          "Forbidden: bot was blocked by the user",
          "sendMessage",
          BotWire.chat(1001).add("text", "x"));
      room.bot.fails(
          403,
          "Forbidden: bot was blocked by the user",
          "sendChatAction",
          BotWire.chat(1001).add("action", "typing"));
      assertThrows(SimException.class, () -> room.sim.say(room.ann, "hello"));
      room.sim.unblock(room.id, 1001);
      room.bot.message(1001, "welcome back");
      assertEquals(List.of("member to kicked", "kicked to member"), kinds(room));
    }
  }

  @Test
  void aDeletedAccountTakesNoMessages() {
    try (Room room = new Room().started()) {
      room.sim.deactivate(1001);
      room.bot.fails(
          403,
          "Forbidden: user is deactivated",
          "sendMessage",
          BotWire.chat(1001).add("text", "x"));
    }
  }

  @Test
  void theBotIsAddedToAGroupAndRemoved() {
    try (Room room = new Room()) {
      String group = room.sim.group("group", "Team", 1001L);
      room.bot.fails(
          403, "Forbidden: bot is not a member of the group chat", "sendMessage", to(group));
      room.sim.add(group, room.id);
      room.bot.ok("sendMessage", to(group));
      room.sim.kick(group, room.id);
      room.bot.fails(
          403, "Forbidden: bot was kicked from the group chat", "sendMessage", to(group));
      assertEquals(List.of("left to member", "new_chat_members", "member to kicked"), kinds(room));
    }
  }

  @Test
  void otherGroupsThatCannotBeWrittenTo() {
    try (Room room = new Room()) {
      String group = room.sim.group("supergroup", "Team", 1001L);
      room.sim.add(group, room.id);
      room.sim.mute(group, true);
      room.bot.fails(
          400,
          "Bad Request: not enough rights to send text messages to the chat",
          "sendMessage",
          to(group));
      room.sim.promote(group, room.id, true);
      room.bot.ok("sendMessage", to(group));
      room.sim.dissolve(group);
      room.bot.fails(403, "Forbidden: the group chat was deleted", "sendMessage", to(group));
    }
  }

  @Test
  void anUpgradedGroupTellsWhereItIsNow() {
    try (Room room = new Room()) {
      String group = room.sim.group("group", "Team", 1001L);
      room.sim.add(group, room.id);
      kinds(room);
      String upgraded = room.sim.migrate(group);
      JsonObject error = Json.parse(room.bot.post("sendMessage", to(group)).body()).asObject();
      assertEquals(
          "Bad Request: group chat was upgraded to a supergroup chat",
          error.getString("description", ""));
      assertEquals(
          upgraded, error.get("parameters").asObject().get("migrate_to_chat_id").toString());
      room.bot.ok("sendMessage", to(upgraded));
      assertEquals(List.of("migrate_to_chat_id", "migrate_from_chat_id"), kinds(room));
    }
  }

  @Test
  void inPrivacyModeABotSeesWhatIsMeantForIt() {
    try (Room room = new Room()) {
      String group = room.sim.group("supergroup", "Team", 1001L);
      room.sim.add(group, room.id);
      int own = room.bot.ok("sendMessage", to(group)).asObject().getInt("message_id", 0);
      kinds(room);
      room.sim.say(group, "among us");
      room.sim.say(group, "/all");
      room.sim.say(group, "/mine@sim777_bot");
      room.sim.say(group, "/other@other_bot");
      room.sim.say(group, "hey @sim777_bot!");
      room.sim.say(group, Speech.text("yes").replyTo(own));
      assertEquals(List.of("/all", "/mine@sim777_bot", "hey @sim777_bot!", "yes"), kinds(room));
      room.sim.privacy(room.id, false);
      room.sim.say(group, "now it sees all");
      room.sim.say(group, "/other@other_bot");
      assertEquals(List.of("now it sees all", "/other@other_bot"), kinds(room));
      room.sim.privacy(room.id, true);
      room.sim.promote(group, room.id, true);
      kinds(room);
      room.sim.say(group, "an administrator too");
      assertEquals(List.of("an administrator too"), kinds(room));
    }
  }

  @Test
  void botsDoNotSeeBots() {
    try (Room room = new Room()) {
      long other = room.sim.bot("778:secret");
      String group = room.sim.group("supergroup", "Team", 1001L);
      room.sim.add(group, room.id);
      room.sim.add(group, other);
      int before = room.sim.pending(other);
      room.bot.ok("sendMessage", to(group).set("text", "/all"));
      assertEquals(before, room.sim.pending(other));
    }
  }

  @Test
  void channelsHavePosts() {
    try (Room room = new Room()) {
      String channel = room.sim.group("channel", "News", 1001L);
      room.sim.add(channel, room.id);
      room.sim.say(channel, "extra");
      JsonObject sent = room.bot.ok("sendMessage", to(channel)).asObject();
      assertEquals(null, sent.get("from"));
      assertEquals("channel", sent.get("sender_chat").asObject().getString("type", ""));
      assertEquals(List.of("left to administrator", "extra"), kinds(room));
    }
  }

  @Test
  void reactionsComeOnlyWhenAskedFor() {
    try (Room room = new Room().started()) {
      int id = room.bot.message(1001, "x").getInt("message_id", 0);
      room.sim.react(room.ann, id, "👍");
      assertEquals(0, room.sim.pending(room.id));
      room.bot.updates(
          BotWire.args()
              .add("offset", -9)
              .add("allowed_updates", new JsonArray().add("message_reaction")));
      room.sim.react(room.ann, id, "🔥");
      JsonObject update = room.bot.updates(BotWire.args().add("offset", -8)).get(0).asObject();
      JsonObject reaction = update.get("message_reaction").asObject();
      assertEquals(
          "[{\"type\":\"emoji\",\"emoji\":\"👍\"}]", reaction.get("old_reaction").toString());
      assertEquals(
          "[{\"type\":\"emoji\",\"emoji\":\"🔥\"}]", reaction.get("new_reaction").toString());
    }
  }

  @Test
  void theBotReacts() {
    try (Room room = new Room().started()) {
      JsonArray eyes = Json.parse("[{\"type\":\"emoji\",\"emoji\":\"👀\"}]").asArray();
      JsonObject args = BotWire.chat(1001).add("message_id", 1);
      room.bot.ok("setMessageReaction", new JsonObject(args).add("reaction", eyes));
      JsonArray wrong = Json.parse("[{\"type\":\"emoji\",\"emoji\":\"🦷\"}]").asArray();
      room.bot.fails(
          400,
          "Bad Request: REACTION_INVALID",
          "setMessageReaction",
          new JsonObject(args).add("reaction", wrong));
    }
  }

  @Test
  void chatsAndMembersCanBeLookedAt() {
    try (Room room = new Room().started()) {
      String group = room.sim.group("supergroup", "Team", 1001L);
      room.sim.add(group, room.id);
      JsonObject there = BotWire.args().add("chat_id", group);
      assertEquals("Team", room.bot.ok("getChat", there).asObject().getString("title", ""));
      assertEquals(
          "Ann", room.bot.ok("getChat", BotWire.chat(1001)).asObject().getString("first_name", ""));
      assertEquals(1, room.bot.ok("getChatAdministrators", there).asArray().size());
      assertEquals("2", room.bot.ok("getChatMemberCount", there).toString());
      JsonObject self = new JsonObject(there).add("user_id", room.id);
      assertEquals("member", room.bot.ok("getChatMember", self).asObject().getString("status", ""));
      room.bot.fails(
          400,
          "Bad Request: there are no administrators in the private chat",
          "getChatAdministrators",
          BotWire.chat(1001));
    }
  }
}
