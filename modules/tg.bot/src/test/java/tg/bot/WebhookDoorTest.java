package tg.bot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.api.BotToken;
import tg.api.Telegram;
import tg.api.Update;
import tg.outbox.Task;
import tg.process.Settings;
import tg.queue.Queues;
import tg.queue.Registry;
import tg.sim.Sim;

class WebhookDoorTest {
  private static final String SECRET = "0123456789abcdef";

  private final Sim sim = Sim.start();
  private final Queues queues = Queues.inMemory(InstantSource.system());
  private final Telegram telegram = Telegram.connect(sim.uri(), BotToken.of("777:secret"));
  private final Admission admission =
      Desk.of(queues, telegram, new Identity(777, "desk_bot"), AdmissionTest.talk(Map.of()))
          .admission();
  private final List<AutoCloseable> open = new ArrayList<>();

  private WebhookDoor door(Predicate<Update> admit) {
    var url = URI.create("https://bot.example/hook");
    var door = WebhookDoor.open(new Settings.Webhook(url, "127.0.0.1", 0, 40), SECRET, admit);
    open.add(door);
    return door;
  }

  @AfterEach
  void end() throws Exception {
    for (var each : open) {
      each.close();
    }
    telegram.close();
    queues.close();
    sim.close();
  }

  private static HttpURLConnection connect(WebhookDoor door, String path) throws IOException {
    var url = URI.create("http://127.0.0.1:" + door.port() + path).toURL();
    var connection = (HttpURLConnection) url.openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("X-Telegram-Bot-Api-Secret-Token", SECRET);
    return connection;
  }

  private static int post(HttpURLConnection connection, byte[] body) throws IOException {
    try (var out = connection.getOutputStream()) {
      out.write(body);
    }
    return connection.getResponseCode();
  }

  private static int post(WebhookDoor door, String body) throws IOException {
    return post(connect(door, "/hook"), body.getBytes(UTF_8));
  }

  private static String update(long id) {
    return """
    {"update_id":%d,"message":{"message_id":%1$d,"date":1,"text":"hello %1$d",
    "from":{"id":7,"is_bot":false,"first_name":"A"},"chat":{"id":7,"type":"private"}}}
    """
        .formatted(id);
  }

  private long waiting(String queue) {
    return queues.queue(queue).list(Registry.WAITING, 0, 1000).size();
  }

  @Test
  void anUpdateIsConfirmedWhenItIsAdmittedAndAdmittedOnce() throws Exception {
    var door = door(admission::admit);
    assertEquals(200, post(door, update(1)));
    assertEquals(1, waiting(Task.QUEUE));
    assertEquals(200, post(door, update(1)), "it came again: Telegram did not see our answer");
    assertEquals(1, waiting(Task.QUEUE));
    assertEquals(200, post(door, update(2)));
    assertEquals(2, waiting(Task.QUEUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0123456789abcdeF", "0123456789abcdef0", "ß123456789abcdef"})
  void whoDoesNotKnowTheSecretIsRefused(String said) throws Exception {
    var door = door(admission::admit);
    var connection = connect(door, "/hook");
    connection.setRequestProperty("X-Telegram-Bot-Api-Secret-Token", said);
    assertEquals(401, post(connection, update(1).getBytes(UTF_8)));
    assertEquals(0, waiting(Task.QUEUE));
  }

  @Test
  void whoSaysNoSecretIsRefused() throws Exception {
    var url = URI.create("http://127.0.0.1:" + door(admission::admit).port() + "/hook").toURL();
    var connection = (HttpURLConnection) url.openConnection();
    connection.setDoOutput(true);
    assertEquals(401, post(connection, update(1).getBytes(UTF_8)));
    assertEquals(0, waiting(Task.QUEUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/hook/", "/hook/x", "/Hook", "/hook%2F"})
  void thereIsNothingAtOtherPaths(String path) throws Exception {
    assertEquals(404, post(connect(door(admission::admit), path), update(1).getBytes(UTF_8)));
    assertEquals(0, waiting(Task.QUEUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS"})
  void onlyPostIsTaken(String method) throws Exception {
    var connection = connect(door(admission::admit), "/hook");
    connection.setDoOutput(false);
    connection.setRequestMethod(method);
    assertEquals(405, connection.getResponseCode());
    assertEquals("POST", connection.getHeaderField("Allow"));
  }

  @Test
  void aBodyOfMoreThanAMebibyteIsRefusedWithAndWithoutALength() throws Exception {
    var door = door(admission::admit);
    var tooLarge = new byte[(1 << 20) + 1];
    assertEquals(413, post(connect(door, "/hook"), tooLarge));
    var chunked = connect(door, "/hook");
    chunked.setChunkedStreamingMode(8192);
    assertEquals(413, post(chunked, tooLarge));
    assertEquals(0, waiting(DeadUpdates.QUEUE));
    assertEquals(200, post(connect(door, "/hook"), new byte[1 << 20]), "kept as a dead update");
  }

  @Test
  void hostileJsonIsKeptWhereItCanBeSeenAndHarmsNobody() throws Exception {
    var door = door(admission::admit);
    var hostile =
        List.of(
            "",
            "null",
            "no JSON",
            "[]",
            "{",
            "{\"update_id\":1e999999999}",
            "{\"update_id\":" + "9".repeat(100_000) + "}",
            "{\"update_id\":11,\"message\":" + "[".repeat(500_000) + "}",
            "{\"update_id\":12,\"message\":" + "[".repeat(1000) + "]".repeat(1000) + "}",
            "{\"update_id\":13,\"message\":{\"text\":\"" + "x".repeat(1 << 19) + "\"}}",
            "{\"update_id\":14,\"message\":{\"message_id\":\"one\"}}",
            "{\"update_id\":15,\"callback_query\":{\"data\":{}}}",
            "\u0000\ud83d");
    for (int round = 0; round < 2; round++) {
      for (var each : hostile) {
        assertEquals(200, post(door, each), "or Telegram would bring it for ever");
      }
      assertEquals(hostile.size(), waiting(DeadUpdates.QUEUE), "each once");
    }
    assertEquals(200, post(door, update(1)));
    assertEquals(1, waiting(Task.QUEUE));
  }

  @Test
  void whatIsNotAdmittedMustComeAgain() throws Exception {
    var door = door(update -> false);
    assertEquals(503, post(door, update(1)));
  }

  @Test
  void aFaultOfOursIsNoConfirmation() throws Exception {
    var door =
        door(update -> {
          throw new IllegalStateException("a fault");
        });
    assertEquals(500, post(door, update(1)));
    assertTrue(exposed(door).contains("tg_webhook_requests_total{status=\"500\"} 1"));
  }

  private static String exposed(WebhookDoor door) {
    var out = new tg.process.Exposition();
    door.requests().write(out);
    return out.toString();
  }
}
