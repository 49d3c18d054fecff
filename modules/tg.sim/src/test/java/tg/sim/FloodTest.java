package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FloodTest {
  private static final SimOptions LIMITED = SimOptions.standard().flood(true);

  private static int accepted(Room room, JsonObject args, int calls) {
    int accepted = 0;
    for (int i = 0; i < calls; i++) {
      accepted += room.bot.post("sendMessage", args).statusCode() == 200 ? 1 : 0;
    }
    return accepted;
  }

  @Test
  void aPrivateChatTakesOneASecondAndASmallBurst() {
    try (Room room = new Room(LIMITED).started()) {
      JsonObject args = BotWire.chat(1001).add("text", "x");
      assertEquals(3, accepted(room, args, 3));
      room.bot.fails(429, "Too Many Requests: retry after 3", "sendMessage", args);
      room.sim.advance(Duration.ofSeconds(3));
      for (int second = 0; second < 20; second++) {
        assertEquals(1, accepted(room, args, 1));
        room.sim.advance(Duration.ofSeconds(1));
      }
      assertEquals(1, room.sim.stats().flood());
      assertEquals(0, room.sim.stats().planned());
    }
  }

  @Test
  void whoIgnoresAWaitMakesItLonger() {
    try (Room room = new Room(LIMITED).started()) {
      JsonObject args = BotWire.chat(1001).add("text", "x");
      accepted(room, args, 4);
      room.bot.fails(429, "Too Many Requests: retry after 4", "sendMessage", args);
      room.bot.fails(429, "Too Many Requests: retry after 5", "sendMessage", args);
    }
  }

  @Test
  void aGroupTakesTwentyAMinuteEditsIncluded() {
    try (Room room = new Room(LIMITED)) {
      String group = room.sim.group("supergroup", "Team", 1001L);
      room.sim.add(group, room.id);
      JsonObject args = BotWire.args().add("chat_id", group).add("text", "x");
      assertEquals(19, accepted(room, args, 19));
      room.bot.ok(
          "editMessageText",
          BotWire.args().add("chat_id", group).add("message_id", 2).add("text", "y"));
      room.bot.fails(429, "Too Many Requests: retry after 60", "sendMessage", args);
      room.bot.ok("sendChatAction", BotWire.args().add("chat_id", group).add("action", "typing"));
    }
  }

  @Test
  void allChatsTogetherTakeThirtyASecond() {
    try (Room room = new Room(LIMITED).started()) {
      int accepted = 0;
      for (int i = 0; i < 40; i++) {
        long user = room.sim.user("User " + i);
        room.sim.say(room.sim.privateChat(room.id, user), "/start");
        accepted += accepted(room, BotWire.chat(user).add("text", "x"), 1);
      }
      assertEquals(30, accepted);
      room.sim.flood(false);
      assertEquals(5, accepted(room, BotWire.chat(1001).add("text", "x"), 5));
    }
  }
}
