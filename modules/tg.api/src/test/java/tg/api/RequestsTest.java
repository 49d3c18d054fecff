package tg.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.api.Fixture.SENT;
import static tg.api.Fixture.failure;
import static tg.api.Fixture.message;
import static tg.api.Fixture.telegram;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.text.RichText;

class RequestsTest {
  private static final MessageRef MESSAGE = new MessageRef(-1001, 42, 0);
  private static final List<List<Button>> BUTTONS =
      List.of(List.of(new Button("Can\"cel", "c:1"), new Button("B", "b")));
  private static final String KEYBOARD =
      "{\"inline_keyboard\":[[{\"text\":\"Can\\\"cel\",\"callback_data\":\"c:1\"},"
          + "{\"text\":\"B\",\"callback_data\":\"b\"}]]}";

  @TempDir Path folder;

  private static Map<String, String> formOf(Call<?> call) throws IOException {
    try (var server = StubServer.ok(SENT);
        var telegram = telegram(server)) {
      telegram.call(call);
      return server.only().form();
    }
  }

  @Test
  void aMessageGoesToItsChatAndNothingElseIsSaid() throws IOException {
    assertEquals(Map.of("chat_id", "5", "text", "hello"), formOf(message("hello")));
  }

  @Test
  void aReplySurvivesTheDeletionOfItsQuestionAndStaysInItsTopic() throws IOException {
    var target = Call.Target.replyTo(new MessageRef(-1001, 9, 7));
    var form = formOf(new Call.SendMessage(target, RichText.html("<b>x</b>"), BUTTONS, true));
    assertEquals(
        Map.of(
            "chat_id", "-1001",
            "text", "x",
            "entities", "[{\"type\":\"bold\",\"offset\":0,\"length\":1}]",
            "message_thread_id", "7",
            "reply_parameters", "{\"message_id\":9,\"allow_sending_without_reply\":true}",
            "reply_markup", KEYBOARD,
            "disable_notification", "true"),
        form);
  }

  @Test
  void anEditCarriesItsButtonsOrRemovesThem() throws IOException {
    assertEquals(
        Map.of("chat_id", "-1001", "message_id", "42", "text", "50 %", "reply_markup", KEYBOARD),
        formOf(new Call.EditText(MESSAGE, RichText.plain("50 %"), BUTTONS)));
    assertEquals(
        Map.of("chat_id", "-1001", "message_id", "42", "text", "t"),
        formOf(new Call.EditText(MESSAGE, RichText.html("t"), List.of())));
    assertEquals(
        Map.of("chat_id", "-1001", "message_id", "42", "reply_markup", KEYBOARD),
        formOf(new Call.EditButtons(MESSAGE, BUTTONS)));
    assertEquals(
        Map.of("chat_id", "-1001", "message_id", "42"),
        formOf(new Call.EditButtons(MESSAGE, List.of())));
  }

  @Test
  void theSmallCallsSayWhatTheyMust() throws IOException {
    assertEquals(Map.of("chat_id", "-1001", "message_id", "42"), formOf(new Call.Delete(MESSAGE)));
    assertEquals(
        Map.of("chat_id", "5", "action", "typing"), formOf(new Call.ChatAction(5, 0, "typing")));
    assertEquals(
        Map.of("chat_id", "5", "action", "typing", "message_thread_id", "3"),
        formOf(new Call.ChatAction(5, 3, "typing")));
    assertEquals(
        Map.of("chat_id", "5", "draft_id", "9", "text", "50 %", "message_thread_id", "3"),
        formOf(new Call.Draft(5, 3, 9, "50 %")));
    assertEquals(Map.of("callback_query_id", "q"), formOf(new Call.AnswerCallback("q", "", false)));
    assertEquals(
        Map.of("callback_query_id", "q", "text", "no", "show_alert", "true"),
        formOf(new Call.AnswerCallback("q", "no", true)));
    assertEquals(
        Map.of(
            "chat_id", "-1001",
            "message_id", "42",
            "reaction", "[{\"type\":\"emoji\",\"emoji\":\"👀\"}]"),
        formOf(new Call.React(MESSAGE, "👀")));
    var commands = List.of(new Call.Command("help", "what I \"do\""));
    var json = "[{\"command\":\"help\",\"description\":\"what I \\\"do\\\"\"}]";
    assertEquals(Map.of("commands", json), formOf(new Call.SetCommands(commands, null, 0)));
    assertEquals(
        Map.of("commands", json, "language_code", "de"),
        formOf(new Call.SetCommands(commands, "de", 0)));
    assertEquals(Map.of(), formOf(new Call.DeleteWebhook()));
  }

  @Test
  void theMethodAndTheTokenAreInThePathBehindThePrefix() throws IOException {
    try (var server = StubServer.ok(SENT);
        var telegram = telegram(URI.create(server.uri() + "/proxy/tg/"))) {
      telegram.call(message("x"));
      assertEquals(
          "POST /proxy/tg/bot123456:" + Fixture.SECRET + "/sendMessage HTTP/1.1",
          server.only().line());
    }
  }

  @Test
  void aFullMessageOfAstralCharactersArrivesUnharmed() throws IOException {
    var text = "😀".repeat(4096);
    assertEquals(text, formOf(message(text)).get("text"));
  }

  @Test
  void aDocumentIsUploadedUnderItsNameWithItsBytes() throws IOException {
    var file = Files.write(folder.resolve("x.bin"), new byte[] {1, 2, 3, 0, -1});
    var target = new Call.Target(5, 7, 9);
    try (var server = StubServer.ok(SENT);
        var telegram = telegram(server)) {
      var sent =
          telegram.call(
              new Call.SendDocument(
                  target, Upload.of("Übersicht \"1\".pdf", file), RichText.html("<i>c</i>")));
      assertEquals(new MessageRef(5, 77, 0), sent);
      var parts = parts(server.only());
      assertEquals(
          Map.of(
              "chat_id", "5",
              "message_thread_id", "7",
              "reply_parameters", "{\"message_id\":9,\"allow_sending_without_reply\":true}",
              "caption", "c",
              "caption_entities", "[{\"type\":\"italic\",\"offset\":0,\"length\":1}]",
              "document\"; filename=\"Übersicht %221%22.pdf", "\1\2\3\0\u00ff"),
          parts);
      assertEquals("sendDocument", server.only().method());
    }
  }

  @Test
  void aPhotoIsUploadedWithoutAnEmptyCaption() throws IOException {
    var file = Files.write(folder.resolve("p.jpg"), new byte[100_000]);
    try (var server = StubServer.ok(SENT);
        var telegram = telegram(server)) {
      telegram.call(
          new Call.SendPhoto(new Call.Target(5, 0, 0), Upload.of("p.jpg", file), RichText.EMPTY));
      var parts = parts(server.only());
      assertEquals(100_000, parts.getOrDefault("photo\"; filename=\"p.jpg", "").length());
      assertFalse(parts.containsKey("caption"));
      assertEquals("sendPhoto", server.only().method());
    }
  }

  @Test
  void aFileThatIsNotThereIsRefusedBeforeAnythingIsSent() throws IOException {
    try (var server = StubServer.ok(SENT);
        var telegram = telegram(server)) {
      var missing = folder.resolve("missing");
      failure(
          ApiError.BadRequest.class,
          () ->
              telegram.call(
                  new Call.SendDocument(
                      new Call.Target(5, 0, 0), Upload.of("a", missing), RichText.EMPTY)));
      assertEquals(List.of(), server.received());
    }
  }

  @Test
  void aPollAsksForWhatWeUse() throws IOException {
    try (var server = StubServer.ok("[]");
        var telegram = telegram(server)) {
      assertEquals(List.of(), telegram.updates(3_000_000_000L, 7, Duration.ofSeconds(1)));
      assertEquals(
          Map.of(
              "offset", "3000000000",
              "limit", "7",
              "timeout", "1",
              "allowed_updates",
                  "[\"message\",\"edited_message\",\"callback_query\",\"my_chat_member\"]"),
          server.only().form());
    }
  }

  @Test
  void whoWeAreIsAUser() throws IOException {
    try (var server =
            StubServer.ok(
                "{\"id\":123456,\"is_bot\":true,\"first_name\":\"T\",\"username\":\"t_bot\"}");
        var telegram = telegram(server)) {
      assertEquals(new User(123456, true, "T", "t_bot", ""), telegram.call(new Call.GetMe()));
    }
  }

  /// The parts of a multipart form by name; bytes as ISO 8859-1, names as UTF-8.
  private static Map<String, String> parts(StubServer.Received request) {
    var type = request.headers().getOrDefault("Content-Type", "");
    assertTrue(type.startsWith("multipart/form-data; boundary="), type);
    var boundary = "--" + type.substring(type.indexOf('=') + 1);
    var all = new LinkedHashMap<String, String>();
    for (var part : request.body().split(Pattern.quote(boundary), -1)) {
      int start = part.indexOf("name=\"");
      if (start > 0) {
        var head = part.substring(start + 6, part.indexOf("\"\r\n", start));
        var value = part.substring(part.indexOf("\r\n\r\n") + 4, part.length() - 2);
        all.put(new String(head.getBytes(ISO_8859_1), UTF_8), value);
      }
    }
    return all;
  }
}
