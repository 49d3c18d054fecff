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
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What processes tell about themselves, while they are well and while they are not.
class HealthTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void readyMeansPollingAndClaimingAndAServerThatAnswers() throws Exception {
    try (var fleet = new Fleet(Map.of())) {
      int bot = freePort();
      int worker = freePort();
      fleet.bot(bot);
      fleet.worker(worker);
      Chats.await("a ready bot", LIMIT, () -> get(bot, "/readyz").startsWith("200"));
      Chats.await("a ready worker", LIMIT, () -> get(worker, "/readyz").startsWith("200"));
      assertEquals(0, fleet.probe(worker, "--ready"));

      fleet.server.kill();
      for (int port : new int[] {bot, worker}) {
        var told = get(port, "/readyz");
        assertTrue(told.startsWith("503") && told.contains("server does not answer"), told);
        assertEquals("200 ok", get(port, "/healthz"), "a restart would not help");
        assertTrue(get(port, "/metrics").contains("tg_valkey_up{program="));
        assertTrue(get(port, "/metrics").contains("\"} 0\n"));
      }
      assertEquals(1, fleet.probe(worker, "--ready"));
      assertEquals(0, fleet.probe(worker, "--live"));

      fleet.server.restart();
      Chats.await("the bot again", LIMIT, () -> get(bot, "/readyz").startsWith("200"));
      Chats.await("the worker again", LIMIT, () -> get(worker, "/readyz").startsWith("200"));
    }
  }

  @Test
  void aBotThatWaitsForItsTurnIsAliveAndNotReady() throws Exception {
    try (var fleet = new Fleet(Map.of())) {
      int first = freePort();
      int second = freePort();
      var polling = fleet.bot(first);
      Chats.await("a ready bot", LIMIT, () -> get(first, "/readyz").startsWith("200"));
      fleet.bot(second);
      Chats.await(
          "a second bot", LIMIT, () -> get(second, "/readyz").startsWith("503 another bot"));
      assertEquals("200 ok", get(second, "/healthz"));
      Fleet.stop(polling);
      Chats.await("its turn", LIMIT, () -> get(second, "/readyz").startsWith("200"));
      fleet.sim.close();
      Chats.await(
          "word of Telegram's end",
          LIMIT,
          () -> get(second, "/readyz").startsWith("503 polling failed"));
    }
  }

  @Test
  void aDrainingWorkerIsAliveAndNotReady() throws Exception {
    try (var fleet = new Fleet(Map.of("TG_EXEC", "sleep 5", "TG_DRAIN", "20"))) {
      int port = freePort();
      fleet.bot();
      var worker = fleet.worker(port);
      fleet.sim.say(fleet.sim.privateChat(777, 1001), "a long one");
      var tasks = fleet.queues.queue("tasks");
      Chats.await("a running task", LIMIT, () -> tasks.counts().running() == 1);
      Chats.await("readiness", LIMIT, () -> get(port, "/readyz").startsWith("200"));
      worker.destroy();
      Chats.await("the drain", LIMIT, () -> get(port, "/readyz").equals("503 draining"));
      assertEquals("200 ok", get(port, "/healthz"));
      assertEquals(143, worker.waitFor());
      assertEquals("", get(port, "/healthz"));
    }
  }

  @Test
  void aWorkerWhoseLoopHasDiedIsNotAlive() throws Exception {
    try (var fleet = new Fleet(Map.of())) {
      int port = freePort();
      fleet.worker(port);
      Chats.await("readiness", LIMIT, () -> get(port, "/readyz").startsWith("200"));
      assertEquals("200 ok", get(port, "/healthz"));
      // No script can work with this, and the engine gives up on answers that it cannot explain.
      send(fleet.server.port(), "DEL {tg}/lease\r\nSET {tg}/lease broken\r\n");
      Chats.await(
          "word of it", LIMIT, () -> get(port, "/healthz").startsWith("503 the worker of queue"));
      assertFalse(get(port, "/readyz").startsWith("200"));
      assertEquals(1, fleet.probe(port, "--live"));
    }
  }

  @Test
  void theMetricsSayWhatHappened() throws Exception {
    try (var fleet = new Fleet(Map.of("TG_EXEC", "cat", "TG_ATTEMPTS", "1"))) {
      int bot = freePort();
      int worker = freePort();
      fleet.bot(bot);
      fleet.worker(worker);
      var chat = fleet.sim.privateChat(777, 1001);
      for (int i = 0; i < 3; i++) {
        fleet.sim.say(chat, "message " + i);
      }
      fleet.sim.say(chat, "/primes what");
      Chats.await("answers", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      Chats.await(
          "the totals of the tasks",
          LIMIT,
          () ->
              get(worker, "/metrics")
                  .contains(
                      "tg_jobs_total{program=\"worker\",queue=\"tasks\",event=\"finished\"} 3\n"));
      var worked = get(worker, "/metrics");
      for (var line :
          new String[] {
            "tg_jobs_total{program=\"worker\",queue=\"tasks\",event=\"added\"} 4",
            "tg_jobs_total{program=\"worker\",queue=\"tasks\",event=\"failed\"} 1",
            "tg_jobs{program=\"worker\",queue=\"tasks\",state=\"waiting\"} 0",
            "tg_workers{program=\"worker\",queue=\"outbox\"} 2",
            "tg_workers{program=\"worker\",queue=\"tasks\"} 1",
            "tg_oldest_waiting_seconds{program=\"worker\",queue=\"tasks\"} 0",
            "tg_stale_outcomes_total{program=\"worker\",queue=\"tasks\"} 0",
            "# TYPE tg_telegram_call_seconds histogram",
            "# TYPE process_resident_memory_bytes gauge",
          }) {
        assertTrue(worked.contains(line + "\n"), line + " is not in\n" + worked);
      }
      var admitted = get(bot, "/metrics");
      assertTrue(
          admitted.contains("tg_updates_total{program=\"bot\",result=\"admitted\"} 4\n"), admitted);
      assertTrue(
          admitted.contains(
              "tg_telegram_calls_total{program=\"bot\",method=\"getMe\",result=\"ok\"} 1\n"),
          admitted);
      assertFalse((worked + admitted).contains(Fleet.SECRET));
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// The status and the body of the answer; empty when nobody answers.
  private static String get(int port, String path) {
    try {
      var reply = send(port, "GET " + path + " HTTP/1.1\r\nHost: here\r\n\r\n");
      return reply.substring(9, 13)
          + reply.substring(reply.indexOf("\r\n\r\n") + 4).stripTrailing()
          + (path.equals("/metrics") ? "\n" : "");
    } catch (IOException e) {
      return "";
    }
  }

  private static String send(int port, String words) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(words.getBytes(UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
