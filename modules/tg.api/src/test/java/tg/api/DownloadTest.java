package tg.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static tg.api.Fixture.failure;
import static tg.api.Fixture.telegram;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DownloadTest {
  private static final Message.FileRef FILE = new Message.FileRef("id1", "a.txt", "", -1);

  @TempDir Path folder;

  private Call.GetFile get(long maxBytes, Duration deadline) {
    return new Call.GetFile(FILE, folder.resolve("a.txt"), maxBytes, deadline);
  }

  private Call.GetFile get() {
    return get(1000, Duration.ofMinutes(5));
  }

  /// A server that announces a file and then serves it by `file`.
  private static StubServer serving(String result, StubServer.Answer file) {
    return new StubServer((request, socket) ->
        request.method().equals("getFile")
            ? StubServer.reply(socket, 200, "", "{\"ok\":true,\"result\":" + result + "}")
            : file.give(request, socket));
  }

  private static StubServer.Answer content(String text) {
    return (_, socket) -> StubServer.reply(socket, 200, "", text);
  }

  private List<String> inFolder() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  private ApiError errorWith(String result, StubServer.Answer file, Call.GetFile get)
      throws IOException {
    try (var server = serving(result, file);
        var telegram = telegram(server)) {
      return failure(() -> telegram.call(get));
    }
  }

  @Test
  void aFileIsStoredWholeAndAloneReplacingWhatWasThere() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "old and longer");
    try (var server =
            serving("{\"file_path\":\"documents/file 1.txt\",\"file_size\":5}", content("hello"));
        var telegram = telegram(server)) {
      assertEquals(folder.resolve("a.txt"), telegram.call(get()));
      assertEquals("hello", Files.readString(folder.resolve("a.txt")));
      assertEquals(List.of("a.txt"), inFolder());
      assertEquals("id1", server.received().getFirst().form().get("file_id"));
      assertEquals(
          "GET /file/bot123456:" + Fixture.SECRET + "/documents/file%201.txt HTTP/1.1",
          server.received().getLast().line());
    }
  }

  @Test
  void aFileThatIsAnnouncedAsTooLargeIsNotFetched() throws IOException {
    try (var server = serving("{\"file_path\":\"f\",\"file_size\":1001}", content("x"));
        var telegram = telegram(server)) {
      failure(ApiError.BadRequest.class, () -> telegram.call(get()));
      assertEquals(1, server.received().size());
      assertEquals(List.of(), inFolder());
    }
  }

  @Test
  void aFileThatTurnsOutTooLargeIsNotKept() throws IOException {
    assertInstanceOf(
        ApiError.BadRequest.class,
        errorWith("{\"file_path\":\"f\"}", content("x".repeat(1001)), get()));
    StubServer.Answer unannounced =
        (_, socket) -> {
          var text = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + "x".repeat(200_000);
          socket.getOutputStream().write(text.getBytes(UTF_8));
          return false;
        };
    assertInstanceOf(
        ApiError.BadRequest.class, errorWith("{\"file_path\":\"f\"}", unannounced, get()));
    assertEquals(List.of(), inFolder());
  }

  @Test
  void aDownloadThatBreaksLeavesNothingAndCanBeRepeated() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "old");
    StubServer.Answer broken =
        (_, socket) -> {
          var text = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";
          socket.getOutputStream().write(text.getBytes(UTF_8));
          return false;
        };
    assertInstanceOf(ApiError.Unavailable.class, errorWith("{\"file_path\":\"f\"}", broken, get()));
    StubServer.Answer shorter =
        (_, socket) -> {
          var text = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello";
          socket.getOutputStream().write(text.getBytes(UTF_8));
          return false;
        };
    assertInstanceOf(
        ApiError.Unavailable.class,
        errorWith("{\"file_path\":\"f\",\"file_size\":10}", shorter, get()));
    assertEquals("old", Files.readString(folder.resolve("a.txt")));
    assertEquals(List.of("a.txt"), inFolder());
  }

  @Test
  void aDownloadIsGivenUpAtItsDeadline() throws IOException {
    var end = new CountDownLatch(1);
    StubServer.Answer trickling =
        (_, socket) -> {
          var out = socket.getOutputStream();
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n".getBytes(UTF_8));
          try {
            do {
              out.write('x');
            } while (!end.await(50, TimeUnit.MILLISECONDS));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return false;
        };
    try (var server = new StubServer(trickling);
        var wire = new Wire(server.uri(), Fixture.TOKEN, Fixture.LONG)) {
      var download = new Download(wire, Fixture.TOKEN, get(), -1);
      failure(ApiError.Unavailable.class, () -> download.fetch("f", Fixture.SOON));
    }
    end.countDown();
    assertEquals(List.of(), inFolder());
  }

  @Test
  void theDeadlineHoldsForTheQuestionToo() throws IOException {
    var end = new CountDownLatch(1);
    try (var server =
            new StubServer((_, _) -> {
              Fixture.await(end);
              return false;
            });
        var telegram = telegram(server)) {
      failure(() -> telegram.call(get(1000, Fixture.SOON)));
    } finally {
      end.countDown();
    }
  }

  @Test
  void aDeadlineThatIsOverFetchesNothing() throws IOException {
    try (var server = StubServer.ok("{}");
        var wire = new Wire(server.uri(), Fixture.TOKEN, Fixture.LONG)) {
      var download = new Download(wire, Fixture.TOKEN, get(), -1);
      failure(ApiError.Unavailable.class, () -> download.fetch("f", Duration.ZERO));
      assertEquals(List.of(), server.received());
      assertEquals(List.of(), inFolder());
    }
  }

  @Test
  void aFileThatIsGoneIsNoReasonToDoubtTheToken() throws IOException {
    var gone = "{\"ok\":false,\"error_code\":404,\"description\":\"Not Found\"}";
    assertInstanceOf(
        ApiError.BadRequest.class,
        errorWith("{\"file_path\":\"f\"}", (_, s) -> StubServer.reply(s, 404, "", gone), get()));
    assertInstanceOf(
        ApiError.Unavailable.class,
        errorWith("{\"file_path\":\"f\"}", (_, s) -> StubServer.reply(s, 504, "", ""), get()));
  }

  @Test
  void telegramsOwnRefusalIsPassedOn() throws IOException {
    var words = "Bad Request: file is too big";
    try (var server =
            StubServer.replying(
                400, "{\"ok\":false,\"error_code\":400,\"description\":\"" + words + "\"}");
        var telegram = telegram(server)) {
      assertEquals(new ApiError.BadRequest(400, words), failure(() -> telegram.call(get())));
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenIsSaid() throws IOException {
    var nowhere =
        new Call.GetFile(FILE, folder.resolve("no/such/a.txt"), 1000, Duration.ofMinutes(5));
    var error = errorWith("{\"file_path\":\"f\"}", content("x"), nowhere);
    assertInstanceOf(ApiError.Unavailable.class, error);
  }
}
