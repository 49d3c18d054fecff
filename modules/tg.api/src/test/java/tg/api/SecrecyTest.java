package tg.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.api.Fixture.SECRET;
import static tg.api.Fixture.TOKEN;
import static tg.api.Fixture.message;
import static tg.api.Fixture.telegram;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The token is in the address of every request, and nowhere else.
@Timeout(30)
class SecrecyTest {
  private final Logger root = Logger.getLogger("");
  private final Level level = root.getLevel();
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Handler everything =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          logged.add(
              line.getMessage()
                  + List.of(line.getParameters() == null ? new Object[0] : line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir Path folder;

  @BeforeEach
  void listenToEveryLogger() {
    root.setLevel(Level.ALL);
    everything.setLevel(Level.ALL);
    root.addHandler(everything);
  }

  @AfterEach
  void stopListening() {
    root.removeHandler(everything);
    root.setLevel(level);
  }

  private void failsWithoutTheSecret(StubServer.Answer answer) throws IOException {
    try (var server = new StubServer(answer);
        var telegram = telegram(server)) {
      failsWithoutTheSecret(telegram);
      assertTrue(server.received().getFirst().line().contains(SECRET), "the test would see it");
    }
  }

  private void failsWithoutTheSecret(Telegram telegram) {
    clean(assertThrows(ApiException.class, () -> telegram.call(message("x"))));
    clean(assertThrows(ApiException.class, () -> telegram.updates(0, 1, Duration.ZERO)));
    var file = new Message.FileRef("f", "", "", -1);
    var get = new Call.GetFile(file, folder.resolve("f"), 100, Duration.ofSeconds(2));
    clean(assertThrows(ApiException.class, () -> telegram.call(get)));
    assertFalse(logged.isEmpty(), "the test listens");
    assertFalse(logged.toString().contains(SECRET), "logged: " + logged);
  }

  private static void clean(ApiException e) {
    var trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace)); // messages, causes and suppressed ones, too
    assertFalse(trace.toString().contains(SECRET), trace.toString());
    assertFalse(e.error().toString().contains(SECRET), e.error().toString());
    assertFalse(e.error().description().contains(SECRET));
  }

  @Test
  void noFailureOfTheWireTellsTheSecret() throws IOException {
    failsWithoutTheSecret((_, _) -> false);
    failsWithoutTheSecret((request, socket) -> {
      socket.getOutputStream().write((request.line() + "\r\n\r\n").getBytes(UTF_8));
      return false;
    });
    failsWithoutTheSecret((request, socket) -> {
      var half = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + request.line();
      socket.getOutputStream().write(half.getBytes(UTF_8));
      return false;
    });
    failsWithoutTheSecret((request, socket) -> {
      var chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + request.line();
      socket.getOutputStream().write((chunk + "\r\n").getBytes(UTF_8));
      return false;
    });
  }

  @Test
  void noConnectionThatFailsTellsTheSecret() throws IOException {
    try (var nobody = telegram(URI.create("http://127.0.0.1:1"));
        var unknown = telegram(URI.create("http://telegram.invalid/prefix"));
        var server = StubServer.ok("{}");
        var noTls = telegram(URI.create(server.uri().toString().replace("http", "https")))) {
      failsWithoutTheSecret(nobody);
      failsWithoutTheSecret(unknown);
      failsWithoutTheSecret(noTls);
    }
    var closed = telegram(URI.create("http://127.0.0.1:1"));
    closed.close();
    failsWithoutTheSecret(closed);
  }

  @Test
  void noServerThatRepeatsTheAddressTellsTheSecret() throws IOException {
    for (int status : List.of(200, 302, 400, 401, 403, 404, 409, 429, 500, 502, 504)) {
      failsWithoutTheSecret((request, socket) ->
          StubServer.reply(
              socket, status, "Location: /" + request.line() + "\r\n", request.line()));
      failsWithoutTheSecret((request, socket) ->
          StubServer.reply(
              socket,
              status,
              "",
              "{\"ok\":false,\"error_code\":%d,\"description\":\"%s\"}"
                  .formatted(status, request.line())));
    }
  }

  @Test
  void aDownloadThatFailsDoesNotTellTheSecret() throws IOException {
    failsWithoutTheSecret((request, socket) ->
        request.method().equals("getFile")
            ? StubServer.reply(
                socket, 200, "", "{\"ok\":true,\"result\":{\"file_path\":\"a/b c?d.txt\"}}")
            : StubServer.reply(socket, 500, "", request.line()));
  }

  @Test
  void theTokenPrintsItsPublicPartOnly() {
    assertEquals("123456:***", TOKEN.toString());
    assertEquals(123456, TOKEN.botId());
    var notAToken =
        assertThrows(IllegalArgumentException.class, () -> BotToken.of("0123:" + SECRET));
    assertFalse(notAToken.toString().contains(SECRET));
  }

  @Test
  void anAddressThatIsWrongIsNotRepeated() {
    for (var wrong :
        List.of(
            "ftp://x/bot123456:" + SECRET,
            "http:///bot123456:" + SECRET,
            "http://user@host/",
            "http://host/?" + SECRET,
            "/bot" + SECRET)) {
      var e =
          assertThrows(
              IllegalArgumentException.class, () -> Telegram.connect(URI.create(wrong), TOKEN));
      assertFalse(e.toString().contains(SECRET), e.toString());
    }
  }
}
