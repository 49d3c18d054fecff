package tg.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class FilesTest {
  private static final byte[] PIXEL =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private static HttpResponse<String> upload(
      Room room, String method, String field, String name, byte[] bytes) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        "--B\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n1001\r\n"
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(
        ("--B\r\nContent-Disposition: form-data; name=\""
                + field
                + "\"; filename=\""
                + name
                + "\"\r\nContent-Type: text/plain\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(bytes);
    body.writeBytes("\r\n--B--\r\n".getBytes(StandardCharsets.UTF_8));
    return room.bot.send(
        HttpRequest.newBuilder(room.bot.url(method))
            .header("Content-Type", "multipart/form-data; boundary=B")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
            .build());
  }

  private static JsonObject file(String id) {
    return BotWire.args().add("file_id", id);
  }

  @Test
  void aDocumentOfAUserIsDownloadedByTheBot() throws Exception {
    try (Room room = new Room()) {
      byte[] bytes = "words\r\n--B not the end".getBytes(StandardCharsets.UTF_8);
      room.sim.say(
          room.ann, Speech.document("words.txt", "text/plain", bytes).caption("count /these"));
      JsonObject message =
          room.bot.updates(BotWire.args()).get(0).asObject().get("message").asObject();
      assertEquals("count /these", message.getString("caption", ""));
      JsonObject document = message.get("document").asObject();
      assertEquals("words.txt", document.getString("file_name", ""));
      JsonObject info = room.bot.ok("getFile", file(document.getString("file_id", ""))).asObject();
      URI url =
          URI.create(
              room.sim.uri() + "file/bot" + Room.TOKEN + "/" + info.getString("file_path", ""));
      byte[] loaded =
          room.bot
              .http()
              .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray())
              .body();
      assertArrayEquals(bytes, loaded);
    }
  }

  @Test
  void getFileRefusesWhatItCannotGive() {
    try (Room room = new Room()) {
      room.bot.fails(400, "Bad Request: file_id not specified", "getFile", BotWire.args());
      room.bot.fails(400, "Bad Request: invalid file_id", "getFile", file("nonsense"));
      room.sim.say(room.ann, Speech.document("big", "text/plain", new byte[(20 << 20) + 1]));
      JsonObject message =
          room.bot.updates(BotWire.args()).get(0).asObject().get("message").asObject();
      String big = message.get("document").asObject().getString("file_id", "");
      room.bot.fails(400, "Bad Request: file is too big", "getFile", file(big));
    }
  }

  @Test
  void aBotSendsDocumentsAndPhotosAndSendsThemAgainById() {
    try (Room room = new Room().started()) {
      JsonObject sent =
          Json.parse(
                  upload(
                          room,
                          "sendDocument",
                          "document",
                          "a \\\"b\\\".txt",
                          new byte[] {97, 45, 45, 66, 13, 10})
                      .body())
              .asObject();
      JsonObject document = sent.get("result").asObject().get("document").asObject();
      assertEquals("a \"b\".txt", document.getString("file_name", ""));
      assertEquals(6, document.getInt("file_size", 0));
      room.bot.ok("sendDocument", BotWire.chat(1001).add("document", document.get("file_id")));
      JsonObject photo =
          Json.parse(upload(room, "sendPhoto", "photo", "p.png", PIXEL).body()).asObject();
      JsonObject size = photo.get("result").asObject().get("photo").asArray().get(0).asObject();
      assertEquals(1, size.getInt("width", 0));
      room.bot.fails(
          400,
          "Bad Request: can't use file of type Photo as Document",
          "sendDocument",
          BotWire.chat(1001).add("document", size.get("file_id")));
    }
  }

  @Test
  void whatIsNotSentIsSaid() {
    try (Room room = new Room().started()) {
      room.bot.fails(
          400,
          "Bad Request: there is no document in the request",
          "sendDocument",
          BotWire.chat(1001));
      room.bot.fails(
          400, "Bad Request: there is no photo in the request", "sendPhoto", BotWire.chat(1001));
      room.bot.fails(
          400,
          "Bad Request: wrong file identifier/HTTP URL specified",
          "sendPhoto",
          BotWire.chat(1001).add("photo", "x"));
      assertEquals(
          400, upload(room, "sendDocument", "document", "empty.txt", new byte[0]).statusCode());
      HttpResponse<String> text =
          upload(
              room, "sendPhoto", "photo", "p.png", "no picture".getBytes(StandardCharsets.UTF_8));
      assertEquals(
          "Bad Request: IMAGE_PROCESS_FAILED",
          Json.parse(text.body()).asObject().getString("description", ""));
      JsonObject long1025 =
          BotWire.chat(1001).add("document", "x").add("caption", "x".repeat(1_025));
      room.bot.fails(400, "Bad Request: message caption is too long", "sendDocument", long1025);
    }
  }
}
