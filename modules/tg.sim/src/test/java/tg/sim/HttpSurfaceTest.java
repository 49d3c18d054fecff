package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HttpSurfaceTest {
  private static HttpResponse<String> get(Room room, String path) {
    return room.bot.send(HttpRequest.newBuilder(URI.create(room.sim.uri() + path)).build());
  }

  private static HttpResponse<String> post(Room room, String method, String type, String body) {
    return room.bot.send(
        HttpRequest.newBuilder(room.bot.url(method))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static void error(int code, String description, HttpResponse<String> response) {
    assertEquals(
        new JsonObject().add("ok", false).add("error_code", code).add("description", description),
        Json.parse(response.body()));
    assertEquals(code, response.statusCode());
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElseThrow());
  }

  @Test
  void methodsAreFoundInAnyCase() {
    try (Room room = new Room()) {
      for (String method :
          new String[] {"getMe", "GETME", "getme", "test/getMe", "?method=getMe"}) {
        HttpResponse<String> response = get(room, "bot" + Room.TOKEN + "/" + method);
        assertEquals(200, response.statusCode(), method);
        assertEquals(
            777, Json.parse(response.body()).asObject().get("result").asObject().getLong("id", 0));
      }
    }
  }

  @Test
  void whatIsNotThereIs404() {
    try (Room room = new Room()) {
      error(404, "Not Found: method not found", get(room, "bot" + Room.TOKEN + "/getNothing"));
      error(404, "Not Found", get(room, "bots.html"));
      error(404, "Not Found", get(room, "file/bot" + Room.TOKEN + "/documents/none"));
    }
  }

  @Test
  void tokensAreChecked() {
    try (Room room = new Room(SimOptions.standard().token(Room.TOKEN))) {
      for (String bad : new String[] {"777", "0777:x", "abc:x", "777:" + "x".repeat(80), ":x"}) {
        error(401, "Unauthorized: invalid token specified", get(room, "bot" + bad + "/getMe"));
      }
      error(401, "Unauthorized", get(room, "bot777:other/getMe"));
      error(401, "Unauthorized", get(room, "bot778:secret/getMe"));
    }
  }

  @Test
  void everyWellFormedTokenIsABotUnlessSomeAreGiven() {
    try (Room room = new Room()) {
      assertEquals(200, get(room, "bot778:secret/getMe").statusCode());
      error(401, "Unauthorized", get(room, "bot778:another/getMe"));
    }
  }

  @Test
  void argumentsComeByQueryFormJsonAndMultipart() {
    try (Room room = new Room().started()) {
      String multipart =
          "--B\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nby parts\r\n--B--\r\n";
      assertEquals(
          200,
          get(room, "bot" + Room.TOKEN + "/sendMessage?chat_id=1001&text=by+query").statusCode());
      post(
          room,
          "sendMessage",
          "application/x-www-form-urlencoded",
          "chat_id=1001&text=by%20form%20%26%20all");
      post(room, "sendMessage", "application/json", "{\"chat_id\":1001,\"text\":\"by JSON\"}");
      post(room, "sendMessage?chat_id=1001", "multipart/form-data; boundary=B", multipart);
      assertEquals(
          java.util.List.of("by query", "by form & all", "by JSON", "by parts"),
          room.sim.transcript(room.ann).stream().skip(1).map(SimMessage::text).toList());
    }
  }

  @Test
  void aBodyThatIsNoJsonIsIgnored() {
    try (Room room = new Room().started()) {
      error(
          400,
          "Bad Request: message text is empty",
          post(room, "sendMessage", "application/json", "{nonsense"));
    }
  }

  @Test
  void tooManyParametersAre413() {
    try (Room room = new Room()) {
      error(
          413,
          "Request Entity Too Large: too many parameters",
          post(room, "getMe", "application/x-www-form-urlencoded", "a=" + "x".repeat(1 << 20)));
    }
  }

  @Test
  void theTokenIsInNoLogOfCalls() {
    try (Room room = new Room()) {
      room.bot.ok("setWebhook", BotWire.args().add("url", "http://127.0.0.1:9/" + Room.TOKEN));
      assertTrue(room.sim.calls().getFirst().params().containsValue("http://127.0.0.1:9/<token>"));
      assertEquals(-1, get(room, "sim/calls").body().indexOf("secret"));
      assertEquals(-1, get(room, "sim/state").body().indexOf("secret"));
    }
  }

  @Test
  void pagesOfOtherOriginsMayNotUseTheControlApi() {
    try (Room room = new Room()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(room.sim.uri() + "sim/state"));
      assertEquals(
          403, room.bot.send(request.header("Origin", "http://example.org").build()).statusCode());
      String own = room.sim.uri().toString();
      assertEquals(
          200,
          room.bot
              .send(request.setHeader("Origin", own.substring(0, own.length() - 1)).build())
              .statusCode());
    }
  }
}
