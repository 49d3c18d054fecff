package tg.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tg.sim.Sim;

/// Real processes to which the simulator brings the updates.
class WebhookTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String READY = "Telegram brings the updates to";

  private final int port = freePort();

  /// With acknowledgements at once, so that they can be counted.
  private Map<String, String> webhook() {
    var settings = new HashMap<String, String>();
    settings.put("TG_WEBHOOK_URL", "http://127.0.0.1:" + port + "/hook");
    settings.put("TG_WEBHOOK_PORT", Integer.toString(port));
    return settings;
  }

  private static Fleet fleet() {
    return new Fleet(Map.of("TG_PLACEHOLDER_AFTER", "0", "TG_CONCURRENCY", "64"));
  }

  private static void assertEachOnce(Sim sim, List<String> chats) {
    for (var chat : chats) {
      Chats.answers(sim, chat)
          .forEach((message, all) -> assertEquals(1, all.size(), "answers to " + message));
      Chats.acknowledgements(sim, chat)
          .forEach((message, all) -> assertEquals(1, all.size(), "placeholders of " + message));
    }
  }

  @Test
  void aMessageIsAnsweredAndABotThatWasKilledMissesNothing() throws Exception {
    try (var fleet = fleet()) {
      fleet.worker();
      var bot = fleet.bot(webhook());
      var chat = fleet.sim.privateChat(777, 1001);
      fleet.sim.say(chat, "hello");
      Chats.await("an answer", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      assertFalse(fleet.sim.polls(777));
      Fleet.kill(bot);
      for (int i = 0; i < 10; i++) {
        fleet.sim.say(chat, "while nobody listens " + i);
      }
      assertEquals(10, fleet.sim.pending(777));
      fleet.bot(webhook());
      Chats.await("ten answers", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      Chats.await("confirmation", LIMIT, () -> fleet.sim.pending(777) == 0);
      assertEachOnce(fleet.sim, List.of(chat));
      fleet.bot();
      Chats.await("a stand-by", LIMIT, () -> fleet.logs().contains("waiting to take over"));
      fleet.sim.say(chat, "hello again");
      Chats.await("an answer", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      assertFalse(fleet.logs().contains("webhook is active"), "the one that polls must wait");
      assertFalse(fleet.logs().contains(Fleet.SECRET), "the token must not be in a log");
    }
  }

  @Test
  void whileValkeyIsAwayNothingIsConfirmedAndNothingLost() throws Exception {
    try (var fleet = fleet()) {
      fleet.worker();
      fleet.bot(webhook());
      var chat = fleet.sim.privateChat(777, 1001);
      fleet.sim.say(chat, "hello");
      Chats.await("an answer", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      fleet.server.kill();
      fleet.sim.say(chat, "one");
      fleet.sim.say(chat, "two");
      Chats.await("a refusal", LIMIT, () -> fleet.logs().contains("waits for the queue"));
      assertEquals(2, fleet.sim.pending(777));
      fleet.server.restart();
      Chats.await("answers", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      assertEquals(0, fleet.sim.pending(777));
      assertEachOnce(fleet.sim, List.of(chat));
    }
  }

  @Test
  void theModeIsSwitchedBothWaysUnderTrafficAndEachUpdateIsAdmittedOnce() throws Exception {
    try (var fleet = fleet()) {
      fleet.worker();
      var chats = new ArrayList<String>();
      for (int user = 0; user < 5; user++) {
        chats.add(fleet.sim.privateChat(777, fleet.sim.user("User " + user)));
      }
      var over = new CountDownLatch(1);
      var talk = Thread.ofVirtual().start(() -> talk(fleet.sim, chats, over));
      var polls = fleet.bot();
      Chats.await("answers", LIMIT, () -> answers(fleet.sim, chats) > 20);
      var listens = fleet.bot(webhook());
      Chats.await("its turn", LIMIT, () -> fleet.logs().contains("waiting to take over"));
      Fleet.stop(polls);
      Chats.await("a webhook", LIMIT, () -> fleet.logs().contains(READY));
      int before = answers(fleet.sim, chats);
      Chats.await("more answers", LIMIT, () -> answers(fleet.sim, chats) > before + 20);
      fleet.bot();
      Fleet.stop(listens);
      Chats.await(
          "polling", LIMIT, () -> fleet.logs().contains("it is removed, no update is lost"));
      int then = answers(fleet.sim, chats);
      Chats.await("more answers", LIMIT, () -> answers(fleet.sim, chats) > then + 20);
      over.countDown();
      talk.join();
      for (var chat : chats) {
        Chats.await("all answers", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      }
      assertEachOnce(fleet.sim, chats);
    }
  }

  private static void talk(Sim sim, List<String> chats, CountDownLatch over) {
    try {
      for (int i = 0; !over.await(40, TimeUnit.MILLISECONDS); i++) {
        sim.say(chats.get(i % chats.size()), "message " + i);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int answers(Sim sim, List<String> chats) {
    return chats.stream()
        .flatMap(chat -> Chats.answers(sim, chat).values().stream())
        .mapToInt(List::size)
        .sum();
  }

  @Test
  void slowAndSilentClientsHoldUpNobodyAndAreCutOff() throws Exception {
    try (var fleet = fleet()) {
      fleet.worker();
      var soon = webhook();
      soon.put("JAVA_TOOL_OPTIONS", "-Dsun.net.httpserver.maxReqTime=2");
      fleet.bot(soon);
      Chats.await("a webhook", LIMIT, () -> fleet.logs().contains(READY));
      var sockets = new ArrayList<Socket>();
      for (int i = 0; i < 200; i++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        var begin = i % 2 == 0 ? "POST /hook HT" : "POST /hook HTTP/1.1\r\nContent-Length: 99\r\n";
        socket.getOutputStream().write(begin.getBytes(UTF_8));
      }
      var chat = fleet.sim.privateChat(777, 1001);
      fleet.sim.say(chat, "hello");
      Chats.await("an answer", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      for (var socket : sockets) {
        socket.setSoTimeout((int) LIMIT.toMillis());
        assertTrue(ended(socket), "a slow client must be cut off");
        socket.close();
      }
    }
  }

  private static boolean ended(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return !(e instanceof java.net.SocketTimeoutException);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
