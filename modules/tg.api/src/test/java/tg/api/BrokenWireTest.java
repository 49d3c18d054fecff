package tg.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.api.Fixture.LONG;
import static tg.api.Fixture.SENT;
import static tg.api.Fixture.SOON;
import static tg.api.Fixture.failure;
import static tg.api.Fixture.message;
import static tg.api.Fixture.telegram;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tg.text.RichText;

@Timeout(120)
class BrokenWireTest {
  private static final String REPLY = "{\"ok\":true,\"result\":" + SENT + "}";

  @Test
  void aRefusedConnectionChangedNothing() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (var telegram = telegram(URI.create("http://127.0.0.1:" + port))) {
      failure(ApiError.Unavailable.class, () -> telegram.call(message("x")));
    }
  }

  @Test
  void aNameThatDoesNotResolveChangedNothing() {
    try (var telegram = telegram(URI.create("http://telegram.invalid"))) {
      failure(ApiError.Unavailable.class, () -> telegram.call(message("x")));
    }
  }

  @Test
  void aServerThatDoesNotSpeakTlsChangedNothing() throws IOException {
    try (var server = StubServer.ok(SENT);
        var telegram = telegram(URI.create(server.uri().toString().replace("http:", "https:")))) {
      failure(ApiError.Unavailable.class, () -> telegram.call(message("x")));
    }
  }

  @Test
  void aConnectionThatIsNotAcceptedInTimeChangedNothing() throws IOException {
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var waiting = new ArrayList<Socket>();
      try (var telegram =
          hasty(URI.create("http://127.0.0.1:" + full.getLocalPort()), SOON, LONG.read())) {
        // Nobody accepts: the backlog fills, and the kernel lets the next ones wait.
        for (int i = 0; i < 3; i++) {
          var socket = new Socket();
          waiting.add(socket);
          try {
            socket.connect(full.getLocalSocketAddress(), 100);
          } catch (IOException _) {
            break;
          }
        }
        failure(ApiError.Unavailable.class, () -> telegram.call(message("x")));
      } finally {
        for (var socket : waiting) {
          socket.close();
        }
      }
    }
  }

  @Test
  void aConnectionClosedAfterTheRequestLeavesTheOutcomeUnknown() throws IOException {
    unknownAfter((_, _) -> false);
  }

  @Test
  void aConnectionResetAfterTheRequestLeavesTheOutcomeUnknown() throws IOException {
    unknownAfter((_, socket) -> {
      socket.setSoLinger(true, 0);
      return false;
    });
  }

  @Test
  void halfAReplyLeavesTheOutcomeUnknown() throws IOException {
    unknownAfter((_, socket) -> {
      var half = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ok\":true,\"result\":";
      socket.getOutputStream().write(half.getBytes(UTF_8));
      return false;
    });
  }

  @Test
  void halfAHeaderLeavesTheOutcomeUnknown() throws IOException {
    unknownAfter((_, socket) -> {
      socket.getOutputStream().write("HTTP/1.1 20".getBytes(UTF_8));
      return false;
    });
  }

  @Test
  void whatIsNotHttpLeavesTheOutcomeUnknown() throws IOException {
    unknownAfter((_, socket) -> {
      socket.getOutputStream().write("SSH-2.0-OpenSSH_9.9\r\n\r\n".getBytes(UTF_8));
      return false;
    });
  }

  @Test
  void silenceAfterTheRequestLeavesTheOutcomeUnknown() throws IOException {
    var end = new CountDownLatch(1);
    unknownAfter((_, _) -> await(end), SOON);
    end.countDown();
  }

  @Test
  void aReplyThatTricklesIsGivenUpAtTheDeadline() throws IOException {
    var shortCalls =
        new Patience(LONG.connect(), LONG.write(), LONG.read(), SOON, LONG.upload(), LONG.poll());
    var end = new CountDownLatch(1);
    try (var server =
            new StubServer((_, socket) -> {
              var out = socket.getOutputStream();
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n".getBytes(UTF_8));
              do {
                out.write(' ');
              } while (!await(end, 50));
              return false;
            });
        var telegram = Telegram.connect(server.uri(), Fixture.TOKEN, shortCalls)) {
      failure(() -> telegram.call(message("x")));
    } finally {
      end.countDown();
    }
  }

  private static Telegram hasty(URI server, Duration connect, Duration readAndWrite) {
    var patience =
        new Patience(connect, readAndWrite, readAndWrite, LONG.call(), LONG.upload(), LONG.poll());
    return Telegram.connect(server, Fixture.TOKEN, patience);
  }

  private static void unknownAfter(StubServer.Answer answer) throws IOException {
    unknownAfter(answer, LONG.read());
  }

  private static void unknownAfter(StubServer.Answer answer, Duration read) throws IOException {
    try (var server = new StubServer(answer);
        var telegram = hasty(server.uri(), LONG.connect(), read)) {
      failure(ApiError.UnknownOutcome.class, () -> telegram.call(message("x")));
      assertEquals(1, server.received().size());
    }
  }

  /// The trap: OkHttp would take the pooled connection, see it break, and send the message again.
  @Test
  void aPooledConnectionThatBreaksNeverMakesASecondMessage() throws IOException {
    var count = new AtomicInteger();
    try (var server =
            new StubServer((_, socket) ->
                count.incrementAndGet() != 2
                    && StubServer.reply(socket, 200, "", REPLY)); // the second is not answered
        var telegram = telegram(server)) {
      telegram.call(message("first"));
      failure(ApiError.UnknownOutcome.class, () -> telegram.call(message("second")));
      telegram.call(message("third"));
      assertEquals(
          List.of("first", "second", "third"),
          server.received().stream().map(r -> r.form().get("text")).toList());
    }
  }

  /// However the server's close and the next request race, nothing is sent twice, and what did not
  /// arrive is never reported as sent.
  @Test
  void aConnectionClosedWhileIdleNeverMakesASecondMessage() throws IOException {
    try (var server =
            new StubServer((_, socket) -> {
              StubServer.reply(socket, 200, "", REPLY); // promises to keep it, and closes
              return false;
            });
        var telegram = telegram(server)) {
      int sent = 0;
      int unknown = 0;
      for (int i = 0; i < 200; i++) {
        try {
          telegram.call(message("m" + i));
          sent++;
        } catch (ApiException e) {
          assertTrue(e.error() instanceof ApiError.UnknownOutcome, e.getMessage());
          unknown++;
        }
      }
      var texts = server.received().stream().map(r -> r.form().get("text")).toList();
      assertEquals(texts.size(), texts.stream().distinct().count(), "a message was sent twice");
      assertTrue(texts.size() >= sent && sent + unknown == 200, sent + " of " + texts.size());
    }
  }

  @Test
  void anUploadThatTheServerStopsReadingLeavesTheOutcomeUnknown(@TempDir Path folder)
      throws IOException, InterruptedException {
    var big = Files.write(folder.resolve("big"), new byte[30_000_000]);
    try (var deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var telegram =
            hasty(URI.create("http://127.0.0.1:" + deaf.getLocalPort()), LONG.connect(), SOON)) {
      var accepted =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  deaf.accept();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      failure(
          ApiError.UnknownOutcome.class,
          () ->
              telegram.call(
                  new Call.SendDocument(
                      new Call.Target(5, 0, 0), Upload.of("big", big), RichText.EMPTY)));
      accepted.join();
    }
  }

  @Test
  void aLongPollOutlastsTheReadTimeout() throws IOException {
    var never = new CountDownLatch(1);
    try (var server =
            new StubServer((_, socket) -> {
              await(never, 700); // longer than ordinary calls wait
              return StubServer.reply(socket, 200, "", "{\"ok\":true,\"result\":[]}");
            });
        var telegram = hasty(server.uri(), LONG.connect(), SOON)) {
      assertEquals(List.of(), telegram.updates(0, 100, Duration.ofSeconds(1)));
    }
  }

  @Test
  void aLongPollThatIsNeverAnsweredEnds() throws IOException {
    var shortPolls =
        new Patience(LONG.connect(), LONG.write(), LONG.read(), LONG.call(), LONG.upload(), SOON);
    var end = new CountDownLatch(1);
    try (var server = new StubServer((_, _) -> await(end));
        var telegram = Telegram.connect(server.uri(), Fixture.TOKEN, shortPolls)) {
      failure(() -> telegram.updates(0, 100, Duration.ZERO));
    } finally {
      end.countDown();
    }
  }

  private static boolean await(CountDownLatch end) {
    return await(end, 20_000);
  }

  private static boolean await(CountDownLatch end, long millis) {
    try {
      return end.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
