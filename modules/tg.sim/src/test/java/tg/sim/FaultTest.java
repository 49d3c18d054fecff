package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {
  private static final JsonObject HELLO = BotWire.chat(1001).add("text", "hello");

  private static int sent(Room room) {
    return room.sim.transcript(room.ann).size() - 1;
  }

  /// Posts by hand, since Java's HTTP client repeats a call whose connection breaks.
  private static String raw(Room room) throws IOException {
    byte[] body = HELLO.toString().getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), room.sim.uri().getPort())) {
      String head =
          "POST /bot"
              + Room.TOKEN
              + "/sendMessage HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(1), StandardCharsets.UTF_8);
    }
  }

  @Test
  void tooManyRequestsIsPlannedForTheThirdAndFourthCall() {
    try (Room room = new Room().started()) {
      room.sim.fault(Fault.tooMany(Duration.ofSeconds(33)).on("SENDMESSAGE").nth(3).times(2));
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        statuses.add(room.bot.post("sendMessage", HELLO).statusCode());
        room.bot.ok("getMe", BotWire.args());
      }
      assertEquals(List.of(200, 200, 429, 429, 200), statuses);
      assertEquals(3, sent(room));
      SimStats stats = room.sim.stats();
      assertEquals(List.of(2L, 0L, 2L), List.of(stats.planned(), stats.flood(), stats.faults()));
    }
  }

  @Test
  void a429LooksLikeTelegrams() {
    try (Room room = new Room()) {
      room.sim.fault(Fault.tooMany(Duration.ofSeconds(33)));
      HttpResponse<String> response = room.bot.post("getMe", BotWire.args());
      assertEquals(
          "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 33\",\"parameters\":{\"retry_after\":33}}",
          response.body());
      assertEquals("33", response.headers().firstValue("Retry-After").orElseThrow());
    }
  }

  @Test
  void serverErrorsAreNotProcessed() {
    try (Room room = new Room().started()) {
      room.sim.fault(Fault.of(Fault.Kind.SERVER_ERROR));
      room.bot.fails(500, "Internal Server Error", "sendMessage", HELLO);
      room.sim.fault(Fault.of(Fault.Kind.HTML_502));
      HttpResponse<String> response = room.bot.post("sendMessage", HELLO);
      assertEquals(502, response.statusCode());
      assertTrue(response.body().startsWith("<html>"));
      assertEquals(0, sent(room));
    }
  }

  @Test
  void brokenAnswersAreProcessed() {
    try (Room room = new Room().started()) {
      room.sim.fault(Fault.of(Fault.Kind.EMPTY));
      assertEquals("", room.bot.post("sendMessage", HELLO).body());
      room.sim.fault(Fault.of(Fault.Kind.GARBAGE));
      String body = room.bot.post("sendMessage", HELLO).body();
      assertThrows(com.eclipsesource.json.ParseException.class, () -> Json.parse(body));
      assertEquals(2, sent(room));
    }
  }

  @Test
  void connectionsAreClosedBeforeOrAfterTheCallIsProcessed() throws Exception {
    try (Room room = new Room().started()) {
      room.sim.fault(Fault.of(Fault.Kind.CLOSE_BEFORE).on("sendMessage"));
      assertEquals("", raw(room));
      assertEquals(0, sent(room));
      room.sim.fault(Fault.of(Fault.Kind.CLOSE_AFTER).on("sendMessage"));
      assertEquals("", raw(room));
      assertEquals(1, sent(room));
      room.sim.fault(Fault.of(Fault.Kind.HANG).lasting(Duration.ofMillis(50)));
      assertEquals("", raw(room));
      assertEquals(1, sent(room));
      assertEquals("H", raw(room));
      assertEquals(
          List.of(0, 0, 0, 200),
          room.sim.calls().stream()
              .filter(call -> call.method().equals("sendMessage"))
              .map(call -> call.outcome().status())
              .toList());
    }
  }

  @Test
  void aSlowCallTakesItsTime() {
    try (Room room = new Room().started()) {
      room.sim.fault(Fault.of(Fault.Kind.SLOW).lasting(Duration.ofMillis(300)));
      long start = System.nanoTime();
      room.bot.ok("sendMessage", HELLO);
      assertTrue(System.nanoTime() - start >= 300_000_000L);
      assertEquals("slow", room.sim.calls().getLast().outcome().fault());
    }
  }

  @Test
  void chanceIsTheSameForTheSameSeed() {
    try (Room room = new Room()) {
      List<String> runs = new ArrayList<>();
      for (int run = 0; run < 2; run++) {
        room.sim.clearFaults();
        room.sim.fault(Fault.of(Fault.Kind.SERVER_ERROR).times(0).by(0.5, 42));
        StringBuilder statuses = new StringBuilder();
        for (int i = 0; i < 40; i++) {
          statuses.append(room.bot.post("getMe", BotWire.args()).statusCode()).append(' ');
        }
        runs.add(statuses.toString());
      }
      assertEquals(runs.getFirst(), runs.getLast());
      assertTrue(runs.getFirst().contains("200") && runs.getFirst().contains("500"));
    }
  }

  @Test
  void aFaultCanBeForOneBot() {
    try (Room room = new Room();
        BotWire other = BotWire.to(room.sim, "778:secret")) {
      room.sim.fault(Fault.of(Fault.Kind.SERVER_ERROR).forBot(778));
      room.bot.ok("getMe", BotWire.args());
      other.fails(500, "Internal Server Error", "getMe", BotWire.args());
      other.ok("getMe", BotWire.args());
    }
  }
}
