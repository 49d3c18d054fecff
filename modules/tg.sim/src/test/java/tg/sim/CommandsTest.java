package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private static JsonObject list(String command, String description) {
    JsonObject one = BotWire.args().add("command", command).add("description", description);
    return BotWire.args().add("commands", new JsonArray().add(one));
  }

  @Test
  void commandsBelongToAScopeAndALanguage() {
    try (Room room = new Room()) {
      room.bot.ok("setMyCommands", list("/help", " What I can do "));
      room.bot.ok("setMyCommands", list("hilfe", "Was ich kann").add("language_code", "de"));
      JsonObject group = BotWire.args().add("scope", BotWire.args().add("type", "all_group_chats"));
      room.bot.ok("setMyCommands", list("all", "For groups").merge(group));
      assertEquals(
          "[{\"command\":\"help\",\"description\":\"What I can do\"}]",
          room.bot.ok("getMyCommands", BotWire.args()).toString());
      assertEquals(
          1,
          room.bot.ok("getMyCommands", BotWire.args().add("language_code", "de")).asArray().size());
      room.bot.ok("deleteMyCommands", group);
      assertEquals(0, room.bot.ok("getMyCommands", group).asArray().size());
    }
  }

  @Test
  void commandsAreChecked() {
    try (Room room = new Room()) {
      String[][] wrong = {
        {"", "x", "command must be non-empty"},
        {"x".repeat(33), "x", "command length must not exceed 32"},
        {"help", "", "command description must be non-empty"},
        {"help", "x".repeat(257), "command description length must not exceed 256"},
        {"Help", "x", "BOT_COMMAND_INVALID"},
      };
      for (String[] each : wrong) {
        room.bot.fails(400, "Bad Request: " + each[2], "setMyCommands", list(each[0], each[1]));
      }
    }
  }
}
