package tg.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tg.api.Fixture.failure;
import static tg.api.Fixture.message;
import static tg.api.Fixture.telegram;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tg.text.RichText;

class RefusalTest {
  private static final String NOT_MODIFIED =
      "Bad Request: message is not modified: specified new message content and reply markup are"
          + " exactly the same as a current content and reply markup of the message";
  private static final MessageRef MESSAGE = new MessageRef(5, 42, 0);

  private static String refusal(int code, String description, String more) {
    return "{\"ok\":false,\"error_code\":%d,\"description\":\"%s\"%s}"
        .formatted(code, description, more);
  }

  private static ApiError errorOf(int status, String headers, String body) throws IOException {
    try (var server = new StubServer((_, s) -> StubServer.reply(s, status, headers, body));
        var telegram = telegram(server)) {
      var error = failure(() -> telegram.call(message("x")));
      assertEquals(1, server.received().size());
      return error;
    }
  }

  private static <R> R resultOf(int status, String body, Call<R> call) throws IOException {
    try (var server = StubServer.replying(status, body);
        var telegram = telegram(server)) {
      return telegram.call(call);
    }
  }

  @Test
  void aFloodWaitSaysHowLong() throws IOException {
    var words = "Too Many Requests: retry after 33";
    assertEquals(
        new ApiError.FloodWait(Duration.ofSeconds(33), words),
        errorOf(429, "", refusal(429, words, ",\"parameters\":{\"retry_after\":33}")));
    assertEquals(
        new ApiError.FloodWait(Duration.ofSeconds(12), words),
        errorOf(429, "Retry-After: 12\r\n", refusal(429, words, "")));
    assertEquals(
        new ApiError.FloodWait(Duration.ofSeconds(5), words),
        errorOf(429, "", refusal(429, words, "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "\"x\"", "1e99", "null", "99999999999999999999", "{}"})
  void aFloodWaitOfNonsenseIsFiveSeconds(String retryAfter) throws IOException {
    var more = ",\"parameters\":{\"retry_after\":" + retryAfter + "}";
    assertEquals(
        new ApiError.FloodWait(Duration.ofSeconds(5), "slow"),
        errorOf(429, "Retry-After: Tue, 24 Nov 2026 11:00:00 GMT\r\n", refusal(429, "slow", more)));
  }

  @Test
  void aFloodWaitNeedsNoJson() throws IOException {
    var error = errorOf(429, "Retry-After: 7\r\n", "<html>slow down</html>");
    assertEquals(
        Duration.ofSeconds(7), assertInstanceOf(ApiError.FloodWait.class, error).retryAfter());
  }

  @Test
  void aBlockedBotKnowsIt() throws IOException {
    var words = "Forbidden: bot was blocked by the user";
    assertEquals(new ApiError.Blocked(words), errorOf(403, "", refusal(403, words, "")));
  }

  @Test
  void aMigratedGroupNamesItsSuccessor() throws IOException {
    var words = "Bad Request: group chat was upgraded to a supergroup chat";
    assertEquals(
        new ApiError.Migrated(-1001234567890L, words),
        errorOf(
            400,
            "",
            refusal(400, words, ",\"parameters\":{\"migrate_to_chat_id\":-1001234567890}")));
  }

  @Test
  void aBadTokenIsUnauthorized() throws IOException {
    assertEquals(
        new ApiError.Unauthorized("Unauthorized"),
        errorOf(401, "", refusal(401, "Unauthorized", "")));
    assertEquals(
        new ApiError.Unauthorized("Not Found"), errorOf(404, "", refusal(404, "Not Found", "")));
    assertEquals(
        new ApiError.BadRequest(404, "Not Found: method not found"),
        errorOf(404, "", refusal(404, "Not Found: method not found", "")));
  }

  @Test
  void anotherPollerIsAConflict() throws IOException {
    var words = "Conflict: terminated by other getUpdates request";
    assertEquals(new ApiError.Conflict(words), errorOf(409, "", refusal(409, words, "")));
    try (var server = StubServer.replying(409, refusal(409, words, ""));
        var telegram = telegram(server)) {
      assertEquals(
          new ApiError.Conflict(words), failure(() -> telegram.updates(1, 1, Duration.ZERO)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400,Bad Request: chat not found",
    "413,Request Entity Too Large: too many parameters",
    "421,Misdirected Request: unallowed token specified",
    "400,Bad Request: message is not modified",
  })
  void whatIsWrongWithTheRequestIsFinal(int code, String words) throws IOException {
    assertEquals(new ApiError.BadRequest(code, words), errorOf(code, "", refusal(code, words, "")));
  }

  @Test
  void anErrorOfTheServerIsUnavailable() throws IOException {
    var words = "Internal Server Error: restart";
    assertEquals(new ApiError.Unavailable(words), errorOf(500, "", refusal(500, words, "")));
    assertInstanceOf(ApiError.Unavailable.class, errorOf(502, "", "<html>Bad Gateway</html>"));
    assertInstanceOf(ApiError.Unavailable.class, errorOf(503, "", ""));
  }

  @Test
  void aServerThatAsksForAnImmediateRepetitionDoesNotGetIt() throws IOException {
    assertInstanceOf(
        ApiError.Unavailable.class, errorOf(503, "Retry-After: 0\r\n", "<html>again</html>"));
    assertInstanceOf(ApiError.Unavailable.class, errorOf(408, "", ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowed(int status) throws IOException {
    try (var elsewhere = StubServer.ok(Fixture.SENT)) {
      var error = errorOf(status, "Location: " + elsewhere.uri() + "/x\r\n", "");
      assertInstanceOf(ApiError.Unavailable.class, error);
      assertEquals(List.of(), elsewhere.received());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "504|<html>Gateway Timeout</html>",
        "504|{\"ok\":false,\"error_code\":504,\"description\":\"Gateway Timeout\"}",
        "500|<html>oops</html>",
        "200|''",
        "200|<html>Welcome to the hotel</html>",
        "200|{\"ok\":tr",
        "200|[]",
        "200|{\"ok\":\"yes\",\"result\":{}}",
        "200|{\"ok\":true}",
        "200|{\"ok\":true,\"result\":{\"chat\":{\"id\":5}}}",
        "200|{\"ok\":true,\"result\":{\"message_id\":1e3,\"chat\":{\"id\":5}}}",
        "200|{\"ok\":true,\"result\":true}",
        "200|{\"ok\":false}",
      })
  void aReplyThatSaysNothingLeavesTheOutcomeUnknown(int status, String body) throws IOException {
    assertInstanceOf(ApiError.UnknownOutcome.class, errorOf(status, "", body));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 409})
  void aProxyOnTheWayDoesNotDecideAboutUsersAndTokens(int status) throws IOException {
    assertInstanceOf(ApiError.Unavailable.class, errorOf(status, "", "<html>Access denied</html>"));
    assertInstanceOf(ApiError.Unavailable.class, errorOf(status, "", "{\"message\":\"denied\"}"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 414, 431})
  void aProxyThatCannotTakeTheRequestIsFinal(int status) throws IOException {
    assertInstanceOf(ApiError.BadRequest.class, errorOf(status, "", "<html>No</html>"));
  }

  @Test
  void anEditThatChangesNothingIsDone() throws IOException {
    var body = refusal(400, NOT_MODIFIED, "");
    assertEquals(
        Call.Done.DONE,
        resultOf(400, body, new Call.EditText(MESSAGE, RichText.plain("x"), List.of())));
    assertEquals(Call.Done.DONE, resultOf(400, body, new Call.EditButtons(MESSAGE, List.of())));
    assertThrows(ApiException.class, () -> resultOf(400, body, message("x")));
  }

  @Test
  void aMessageThatIsGoneIsDeleted() throws IOException {
    var body = refusal(400, "Bad Request: message to delete not found", "");
    assertEquals(Call.Done.DONE, resultOf(400, body, new Call.Delete(MESSAGE)));
    var other = refusal(400, "Bad Request: message can't be deleted", "");
    assertThrows(ApiException.class, () -> resultOf(400, other, new Call.Delete(MESSAGE)));
  }

  @Test
  void aQueryThatIsTooOldIsAnswered() throws IOException {
    var body =
        refusal(
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
            "");
    assertEquals(Call.Done.DONE, resultOf(400, body, new Call.AnswerCallback("q", "", false)));
  }

  @Test
  void theWordsOfARefusalAreOneLine() throws IOException {
    assertEquals(new ApiError.BadRequest(400, "a b"), errorOf(400, "", refusal(400, "a\\nb", "")));
  }
}
