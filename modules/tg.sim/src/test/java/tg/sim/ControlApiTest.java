package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ControlApiTest {
  private static HttpResponse<String> get(Room room, String path) {
    return room.bot.send(
        HttpRequest.newBuilder(URI.create(room.sim.uri() + "sim/" + path)).build());
  }

  private static JsonObject look(Room room, String path) {
    HttpResponse<String> response = get(room, path);
    assertEquals(200, response.statusCode(), response.body());
    return Json.parse(response.body()).asObject();
  }

  private static HttpResponse<String> post(Room room, String verb, String body) {
    return room.bot.send(
        HttpRequest.newBuilder(URI.create(room.sim.uri() + "sim/" + verb))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static JsonObject act(Room room, String verb, String body) {
    HttpResponse<String> response = post(room, verb, body);
    assertEquals(200, response.statusCode(), response.body());
    return Json.parse(response.body()).asObject();
  }

  @Test
  void aNewcomerCanTypeAtOnce() {
    try (Room room = new Room()) {
      JsonObject state = look(room, "state");
      JsonObject chat = state.get("chats").asArray().get(0).asObject();
      assertEquals("1001@777", chat.getString("chat", ""));
      assertEquals(false, chat.getBoolean("started", true));
      JsonObject said = act(room, "say", "{\"text\":\"/start\"}");
      assertEquals("1001@777", said.getString("chat", ""));
      assertEquals(1, said.getInt("message_id", 0));
      assertEquals("Ann", said.get("from").asObject().getString("name", ""));
      assertEquals(
          "[{\"offset\":0,\"length\":6,\"type\":\"bot_command\"}]",
          said.get("entities").toString());
      assertEquals(1, said.get("versions").asArray().size());
    }
  }

  @Test
  void theTranscriptTellsVersionsRepliesAndReaders() {
    try (Room room = new Room()) {
      act(room, "say", "{\"text\":\"hello\"}");
      room.confirm();
      JsonObject reply =
          BotWire.chat(1001)
              .add("text", "one")
              .add("reply_parameters", BotWire.args().add("message_id", 1));
      room.bot.ok(
          "sendMessage",
          reply
              .add("reply_markup", BotWire.keyboard("Cancel", "c"))
              .add("disable_notification", true));
      room.bot.ok("editMessageText", BotWire.chat(1001).add("message_id", 2).add("text", "two"));
      JsonArray messages = look(room, "chats/1001@777/messages").get("messages").asArray();
      assertEquals("[777]", messages.get(0).asObject().get("read_by").toString());
      JsonObject answer = messages.get(1).asObject();
      assertEquals(1, answer.getInt("reply_to", 0));
      assertEquals(true, answer.getBoolean("silent", false));
      assertNotNull(answer.get("edited_at"));
      assertNull(answer.get("reply_markup"));
      assertNotNull(answer.get("versions").asArray().get(0).asObject().get("reply_markup"));
      assertEquals(
          1, look(room, "chats/1001@777/messages?last=1").get("messages").asArray().size());
      assertEquals("two", look(room, "chats/1001@777/messages/2").getString("text", ""));
    }
  }

  @Test
  void aButtonIsPressedByItsPlace() {
    try (Room room = new Room().started()) {
      room.bot.ok(
          "sendMessage",
          BotWire.chat(1001).add("text", "x").add("reply_markup", BotWire.keyboard("A", "a")));
      String id =
          act(room, "press", "{\"message_id\":2,\"row\":0,\"column\":0}").getString("id", "");
      assertEquals("a", look(room, "callbacks/" + id).getString("data", ""));
      assertEquals(404, post(room, "press", "{\"message_id\":2,\"row\":1}").statusCode());
    }
  }

  @Test
  void peopleAndPlacesAreMade() {
    try (Room room = new Room()) {
      long bob =
          act(room, "users", "{\"first_name\":\"Bob\",\"username\":\"bob\"}").getLong("id", 0);
      assertEquals(1002, bob);
      JsonObject forum =
          act(
              room,
              "chats",
              "{\"type\":\"supergroup\",\"title\":\"Team\",\"forum\":true,\"users\":[1001,1002],\"bots\":[777]}");
      String key = forum.getString("chat", "");
      assertEquals("[777]", forum.get("bots").toString());
      int topic =
          act(room, "topics", "{\"chat\":\"" + key + "\",\"name\":\"News\"}").getInt("id", 0);
      act(
          room,
          "say",
          "{\"chat\":\"" + key + "\",\"from\":1002,\"text\":\"/in\",\"thread\":" + topic + "}");
      assertEquals(
          2,
          look(room, "chats/" + key + "/messages?thread=" + topic)
              .get("messages")
              .asArray()
              .size());
      assertEquals(
          true, act(room, "block", "{\"bot\":777,\"user\":1002}").getBoolean("blocked", false));
    }
  }

  @Test
  void filesAreSentInBase64AndFencedOff() {
    try (Room room = new Room()) {
      String body =
          "{\"document\":{\"name\":\"a.html\",\"mime_type\":\"text/html\",\"base64\":\"PGI+\"},\"caption\":\"c\"}";
      JsonObject said = act(room, "say", body);
      String url = said.get("document").asObject().getString("url", "");
      HttpResponse<String> file = get(room, url.substring("/sim/".length()));
      assertEquals("<b>", file.body());
      assertEquals("attachment", file.headers().firstValue("Content-Disposition").orElse(""));
      assertEquals("sandbox", file.headers().firstValue("Content-Security-Policy").orElse(""));
    }
  }

  @Test
  void callsAreListedFromANumberOn() {
    try (Room room = new Room().started()) {
      long next = look(room, "calls").getLong("next", 0);
      room.bot.message(1001, "hi");
      room.bot.post("sendMessage", BotWire.chat(5).add("text", "hi"));
      JsonArray calls = look(room, "calls?method=sendmessage&since=" + next).get("calls").asArray();
      assertEquals(2, calls.size());
      assertEquals("hi", calls.get(0).asObject().get("params").asObject().getString("text", ""));
      assertEquals(
          "Bad Request: chat not found", calls.get(1).asObject().getString("description", ""));
      assertEquals(2, look(room, "stats").get("by_method").asObject().getInt("sendmessage", 0));
    }
  }

  @Test
  void faultsAreListedAndCleared() {
    try (Room room = new Room()) {
      JsonObject fault =
          act(room, "faults", "{\"kind\":\"429\",\"seconds\":5,\"method\":\"getMe\",\"times\":0}");
      assertEquals(
          "{\"id\":1,\"kind\":\"429\",\"seconds\":5,\"method\":\"getMe\",\"nth\":1,\"times\":0}",
          fault.toString());
      assertEquals(1, look(room, "faults").get("faults").asArray().size());
      room.bot.fails(429, "Too Many Requests: retry after 5", "getMe", BotWire.args());
      assertEquals(0, act(room, "faults/clear", "{\"id\":1}").get("faults").asArray().size());
      assertEquals(400, post(room, "faults", "{\"kind\":\"fire\"}").statusCode());
    }
  }

  @Test
  void theClockGoesForwardOnly() {
    try (Room room = new Room()) {
      long now = look(room, "clock").getLong("now_at", 0);
      assertEquals(now + 90_000, act(room, "clock", "{\"advance_ms\":90000}").getLong("now_at", 0));
      assertEquals(
          now + 90_000 + 3_600_000,
          act(room, "clock", "{\"advance\":\"PT1H\"}").getLong("now_at", 0));
      assertEquals(400, post(room, "clock", "{\"advance_ms\":-1}").statusCode());
    }
  }

  @Test
  void resetBringsBackTheStart() {
    try (Room room = new Room(SimOptions.standard().token(Room.TOKEN)).started()) {
      act(room, "reset", "");
      assertEquals(0, look(room, "chats/1001@777/messages").get("messages").asArray().size());
      assertEquals(0, look(room, "stats").getInt("calls", -1));
    }
  }

  @Test
  void whatMakesNoSenseIsSaidClearly() {
    try (Room room = new Room()) {
      assertEquals(404, get(room, "chats/nowhere/messages").statusCode());
      assertEquals(404, post(room, "dance", "{}").statusCode());
      assertEquals(400, post(room, "say", "{\"text\":\" \"}").statusCode());
      assertEquals(400, post(room, "say", "[]").statusCode());
      assertEquals(400, post(room, "say", "{").statusCode());
      assertTrue(post(room, "privacy", "{\"bot\":5}").body().contains("No bot 5"));
    }
  }
}
