package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class WebhookTest {
  /// A bot's web server: answers with the planned statuses, then with 200.
  private static final class Hook implements AutoCloseable {
    final List<JsonObject> got = new CopyOnWriteArrayList<>();
    final List<String> secrets = new CopyOnWriteArrayList<>();
    final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    volatile String body = "";
    final HttpServer server;

    Hook() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/hook", this::handle);
      server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
      try (exchange) {
        got.add(
            Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                .asObject());
        secrets.add(
            String.valueOf(
                exchange.getRequestHeaders().getFirst("X-Telegram-Bot-Api-Secret-Token")));
        Integer status = statuses.poll();
        byte[] reply = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(
            status == null ? 200 : status, reply.length == 0 ? -1 : reply.length);
        exchange.getResponseBody().write(reply);
      }
    }

    JsonObject args() {
      return BotWire.args()
          .add("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    List<String> texts() {
      return got.stream()
          .map(update -> update.get("message").asObject().getString("text", ""))
          .toList();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private static String description(Room room, String method, JsonObject args) {
    return Json.parse(room.bot.post(method, args).body()).asObject().getString("description", "");
  }

  @Test
  void updatesArePushedWithTheSecretAndThoseThatWaitedToo() throws Exception {
    try (Room room = new Room();
        Hook hook = new Hook()) {
      room.sim.say(room.ann, "before");
      assertEquals(
          "Webhook was set",
          description(room, "setWebhook", hook.args().add("secret_token", "s-3_cret")));
      room.sim.say(room.ann, "after");
      BotWire.await("both", () -> hook.got.size() == 2 && room.sim.pending(room.id) == 0);
      assertEquals(List.of("before", "after"), hook.texts());
      assertEquals(List.of("s-3_cret", "s-3_cret"), hook.secrets);
    }
  }

  @Test
  void aFailedDeliveryIsRepeatedAndKeepsTheOrderOfItsChat() throws Exception {
    try (Room room = new Room();
        Hook hook = new Hook()) {
      hook.statuses.addAll(List.of(500, 503));
      room.bot.ok("setWebhook", hook.args());
      room.sim.say(room.ann, "one");
      room.sim.say(room.ann, "two");
      BotWire.await("both", () -> room.sim.pending(room.id) == 0);
      assertEquals(List.of("one", "one", "one", "two"), hook.texts());
      assertEquals(
          "Wrong response from the webhook: 503 Service Unavailable",
          room.bot
              .ok("getWebhookInfo", BotWire.args())
              .asObject()
              .getString("last_error_message", ""));
    }
  }

  @Test
  void aChatThatFailsHoldsUpNoOtherChat() throws Exception {
    try (Room room = new Room();
        Hook hook = new Hook()) {
      long bob = room.sim.user("Bob");
      hook.statuses.addAll(List.of(500, 500, 500));
      room.bot.ok("setWebhook", hook.args());
      room.sim.say(room.ann, "stuck");
      BotWire.await("three attempts", () -> hook.got.size() >= 3);
      room.sim.say(room.sim.privateChat(room.id, bob), "passes");
      BotWire.await("Bob's message", () -> hook.texts().contains("passes"));
    }
  }

  @Test
  void theReplyMayCallOneMethod() throws Exception {
    try (Room room = new Room();
        Hook hook = new Hook()) {
      hook.body = "{\"method\":\"sendMessage\",\"chat_id\":1001,\"text\":\"by reply\"}";
      room.bot.ok("setWebhook", hook.args());
      room.sim.say(room.ann, "hello");
      BotWire.await("the answer", () -> room.sim.transcript(room.ann).size() == 2);
      assertEquals("by reply", room.sim.transcript(room.ann).getLast().text());
    }
  }

  @Test
  void settingAndRemovingSayWhatTheyDid() throws Exception {
    try (Room room = new Room();
        Hook hook = new Hook()) {
      assertEquals(
          "Webhook is already deleted", description(room, "deleteWebhook", BotWire.args()));
      assertEquals("Webhook was set", description(room, "setWebhook", hook.args()));
      assertEquals(
          "Too Many Requests: retry after 1", description(room, "setWebhook", hook.args()));
      BotWire.await(
          "a second",
          () -> description(room, "setWebhook", hook.args()).equals("Webhook is already set"));
      JsonObject info = room.bot.ok("getWebhookInfo", BotWire.args()).asObject();
      assertEquals(40, info.getInt("max_connections", 0));
      assertEquals(
          "Webhook was deleted", description(room, "setWebhook", BotWire.args().add("url", "")));
      assertEquals(
          "", room.bot.ok("getWebhookInfo", BotWire.args()).asObject().getString("url", "?"));
    }
  }

  @Test
  void aWebhookIsChecked() {
    String[][] wrong = {
      {"http://example.org/", "", "bad webhook: An HTTPS URL must be provided for webhook"},
      {
        "https://example.org:444/",
        "",
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
      },
      {"https://127.0.0.1:9/", "a b", "secret token contains unallowed characters"},
      {"https://127.0.0.1:9/", "x".repeat(257), "secret token is too long"},
    };
    for (String[] each : wrong) {
      try (Room room = new Room()) {
        JsonObject args = BotWire.args().add("url", each[0]).add("secret_token", each[1]);
        room.bot.fails(400, "Bad Request: " + each[2], "setWebhook", args);
      }
    }
  }

  @Test
  void pendingUpdatesCanBeDropped() {
    try (Room room = new Room()) {
      room.sim.say(room.ann, "hello");
      room.bot.ok("deleteWebhook", BotWire.args().add("drop_pending_updates", true));
      assertEquals(0, room.sim.pending(room.id));
    }
  }

  @Test
  void aWebhookThatIsGoneForADayIsRemoved() throws Exception {
    try (Room room = new Room();
        Hook hook = new Hook()) {
      for (int i = 0; i < 50; i++) {
        hook.statuses.add(410);
      }
      room.bot.ok("setWebhook", hook.args());
      room.sim.say(room.ann, "hello");
      BotWire.await("an attempt", () -> !hook.got.isEmpty());
      BotWire.await(
          "the error",
          () ->
              room.bot.ok("getWebhookInfo", BotWire.args()).asObject().get("last_error_message")
                  != null);
      room.sim.advance(Duration.ofHours(23));
      BotWire.await(
          "the removal",
          () ->
              room.bot
                  .ok("getWebhookInfo", BotWire.args())
                  .asObject()
                  .getString("url", "?")
                  .isEmpty());
      assertTrue(room.sim.pending(room.id) == 1, "the update is still there for getUpdates");
    }
  }
}
