package tg.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.api.Fixture.failure;
import static tg.api.Fixture.telegram;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdatesTest {
  private static final String ANN =
      "{\"id\":77,\"is_bot\":false,\"first_name\":\"Ann\",\"last_name\":\"Lee\","
          + "\"username\":\"ann\",\"language_code\":\"en\"}";
  private static final User ANN_USER = new User(77, false, "Ann Lee", "ann", "en");
  private static final String PRIVATE =
      "{\"id\":77,\"type\":\"private\",\"first_name\":\"Ann\",\"last_name\":\"Lee\"}";
  private static final Chat PRIVATE_CHAT = new Chat(77, Chat.Type.PRIVATE, "Ann Lee", false);
  private static final String GOOD = update(9, "message", plain("hi"));

  private static String update(long id, String kind, String object) {
    return "{\"update_id\":%d,\"%s\":%s}".formatted(id, kind, object);
  }

  private static String plain(String text) {
    return message(PRIVATE, ",\"text\":\"" + text + "\"");
  }

  private static String message(String chat, String more) {
    return "{\"message_id\":5,\"from\":%s,\"chat\":%s,\"date\":1700000000%s}"
        .formatted(ANN, chat, more);
  }

  private static List<Update> read(String... updates) throws IOException {
    return read(0, "[" + String.join(",", updates) + "]");
  }

  private static List<Update> read(long offset, String result) throws IOException {
    try (var server = StubServer.ok(result);
        var telegram = telegram(server)) {
      return telegram.updates(offset, 100, Duration.ofSeconds(1));
    }
  }

  private static Message messageOf(String json) throws IOException {
    return assertInstanceOf(Update.NewMessage.class, read(update(9, "message", json)).getFirst())
        .message();
  }

  @Test
  void aMessageIsWhatItsSenderWrote() throws IOException {
    var text =
        ",\"text\":\"/go 😀\",\"entities\":[{\"type\":\"bot_command\",\"offset\":0,\"length\":3}]";
    assertEquals(
        List.of(
            new Update.NewMessage(
                9,
                new Message(
                    new MessageRef(77, 5, 0),
                    PRIVATE_CHAT,
                    ANN_USER,
                    Instant.ofEpochSecond(1700000000),
                    "/go 😀",
                    List.of(new Message.Entity("bot_command", 0, 3)),
                    null))),
        read(update(9, "message", message(PRIVATE, text))));
  }

  @Test
  void anEditedMessageIsAsItIsNow() throws IOException {
    var update = read(update(9, "edited_message", plain("new"))).getFirst();
    assertEquals("new", assertInstanceOf(Update.EditedMessage.class, update).message().text());
    assertEquals(77, update.chat());
  }

  @Test
  void onlyATopicMessageIsInATopic() throws IOException {
    var forum = "{\"id\":-1001,\"type\":\"supergroup\",\"title\":\"G\",\"is_forum\":true}";
    var inTopic = messageOf(message(forum, ",\"message_thread_id\":3,\"is_topic_message\":true"));
    assertEquals(new MessageRef(-1001, 5, 3), inTopic.ref());
    assertEquals(3, inTopic.topic().getAsInt());
    assertEquals(new Chat(-1001, Chat.Type.SUPERGROUP, "G", true), inTopic.chat());
    var inThread = messageOf(message(forum, ",\"message_thread_id\":3"));
    assertEquals(0, inThread.ref().topic());
    assertTrue(inThread.topic().isEmpty());
  }

  @Test
  void everyKindOfChatIsKnownOrOther() throws IOException {
    for (var type : Chat.Type.values()) {
      var word =
          type == Chat.Type.OTHER ? "hologram" : type.name().toLowerCase(java.util.Locale.ROOT);
      var chat = "{\"id\":-1,\"type\":\"" + word + "\"}";
      assertEquals(new Chat(-1, type, "", false), messageOf(message(chat, "")).chat());
    }
  }

  @Test
  void aDocumentComesWithItsCaption() throws IOException {
    var more =
        ",\"caption\":\"see"
            + " #this\",\"caption_entities\":[{\"type\":\"hashtag\",\"offset\":4,\"length\":5}],"
            + "\"document\":{\"file_id\":\"F\",\"file_name\":\"a.pdf\",\"mime_type\":\"application/pdf\",\"file_size\":5000000000}";
    var message = messageOf(message(PRIVATE, more));
    assertEquals("see #this", message.text());
    assertEquals(List.of(new Message.Entity("hashtag", 4, 5)), message.entities());
    assertEquals(
        new Message.FileRef("F", "a.pdf", "application/pdf", 5_000_000_000L), message.file());
  }

  @Test
  void aPhotoIsItsLargestSize() throws IOException {
    var more =
        ",\"photo\":[{\"file_id\":\"S\",\"width\":90,\"height\":90,\"file_size\":1},"
            + "{\"file_id\":\"L\",\"width\":1280,\"height\":960},"
            + "{\"file_id\":\"M\",\"width\":320,\"height\":240,\"file_size\":3}]";
    assertEquals(new Message.FileRef("L", "", "", -1), messageOf(message(PRIVATE, more)).file());
  }

  @Test
  void aPressedButtonTellsItsMessage() throws IOException {
    assertEquals(
        List.of(new Update.ButtonPress(9, "Q", ANN_USER, new MessageRef(77, 5, 0), "d")),
        read(update(9, "callback_query", press(",\"message\":" + plain("x")))));
  }

  @Test
  void aPressedButtonUnderAnOldMessageStillTellsWhere() throws IOException {
    var old = ",\"message\":{\"chat\":{\"id\":-5,\"type\":\"group\"},\"message_id\":4,\"date\":0}";
    assertEquals(
        new Update.ButtonPress(9, "Q", ANN_USER, new MessageRef(-5, 4, 0), "d"),
        read(update(9, "callback_query", press(old))).getFirst());
    var inline =
        read(update(9, "callback_query", press(",\"inline_message_id\":\"I\""))).getFirst();
    assertEquals(0, inline.chat());
    assertEquals(
        new Update.Other(9, "callback_query"),
        read(update(9, "callback_query", "{\"id\":\"Q\",\"game_short_name\":\"g\"}")).getFirst());
  }

  private static String press(String more) {
    return "{\"id\":\"Q\",\"from\":" + ANN + ",\"data\":\"d\"" + more + "}";
  }

  @Test
  void theBotKnowsWhereItMaySpeak() throws IOException {
    assertEquals(new Update.Membership(9, 77, ANN_USER, true, false), membership("member", ""));
    assertEquals(
        new Update.Membership(9, 77, ANN_USER, true, false), membership("administrator", ""));
    assertEquals(new Update.Membership(9, 77, ANN_USER, true, false), membership("creator", ""));
    assertEquals(new Update.Membership(9, 77, ANN_USER, false, false), membership("left", ""));
    assertEquals(new Update.Membership(9, 77, ANN_USER, false, false), membership("kicked", ""));
    assertEquals(
        new Update.Membership(9, 77, ANN_USER, true, false),
        membership("restricted", ",\"is_member\":true,\"can_send_messages\":true"));
    assertEquals(
        new Update.Membership(9, 77, ANN_USER, false, false),
        membership("restricted", ",\"is_member\":true,\"can_send_messages\":false"));
    assertEquals(new Update.Other(9, "my_chat_member"), membership("hibernating", ""));
  }

  private static Update membership(String status, String more) throws IOException {
    var change =
        "{\"chat\":"
            + PRIVATE
            + ",\"from\":"
            + ANN
            + ",\"date\":1,\"old_chat_member\":{},\"new_chat_member\":{\"status\":\""
            + status
            + "\""
            + more
            + "}}";
    return read(update(9, "my_chat_member", change)).getFirst();
  }

  @Test
  void aGroupThatMigratesNamesBothIds() throws IOException {
    var group = "{\"id\":-55,\"type\":\"group\",\"title\":\"G\"}";
    assertEquals(
        List.of(new Update.Migrated(9, -55, -1000000000055L)),
        read(update(9, "message", message(group, ",\"migrate_to_chat_id\":-1000000000055"))));
  }

  @Test
  void whatWeDoNotUseIsNamed() throws IOException {
    assertEquals(
        List.of(
            new Update.Other(7, "channel_post"),
            new Update.Other(8, "poll"),
            new Update.Other(9, "")),
        read(update(7, "channel_post", plain("x")), update(8, "poll", "{}"), "{\"update_id\":9}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"update_id\":8,\"message\":7}",
        "{\"update_id\":8,\"message\":[]}",
        "{\"update_id\":8,\"message\":{}}",
        "{\"update_id\":8,\"message\":{\"message_id\":5,\"chat\":{\"id\":1e400,\"type\":\"private\"},\"date\":1}}",
        "{\"update_id\":8,\"message\":{\"message_id\":99999999999,\"chat\":{\"id\":1,\"type\":\"private\"},\"date\":1}}",
        "{\"update_id\":8,\"message\":{\"message_id\":5,\"chat\":{\"id\":1,\"type\":\"private\"},\"date\":9223372036854775807}}",
        "{\"update_id\":8,\"message\":{\"message_id\":5,\"chat\":{\"id\":1,\"type\":5},\"date\":1}}",
        "{\"update_id\":8,\"message\":{\"message_id\":5,\"chat\":{\"id\":1,\"type\":\"private\"},\"date\":1,\"text\":{}}}",
        "{\"update_id\":8,\"message\":{\"message_id\":5,\"chat\":{\"id\":1,\"type\":\"private\"},\"date\":1,\"entities\":[1]}}",
        "{\"update_id\":8,\"message\":{\"message_id\":5,\"chat\":{\"id\":1,\"type\":\"private\"},\"date\":1,\"photo\":[{}]}}",
        "{\"update_id\":8,\"callback_query\":{\"data\":\"x\"}}",
        "{\"update_id\":8,\"my_chat_member\":\"gone\"}",
        "{\"update_id\":8,\"message\":{\"a\":tru}}",
        "{\"update_id\":8,\"message\":{\"a\":\"\\x\"}}",
        "{\"update_id\":8 \"message\":{}}",
      })
  void anUpdateThatCannotBeReadIsKeptAndHarmsNobody(String bad) throws IOException {
    var updates = read(update(7, "message", plain("a")), bad, GOOD);
    assertEquals(List.of(7L, 8L, 9L), updates.stream().map(Update::id).toList());
    var unreadable = assertInstanceOf(Update.Unreadable.class, updates.get(1));
    assertEquals(bad, unreadable.raw());
    assertTrue(!unreadable.reason().isBlank());
    assertInstanceOf(Update.NewMessage.class, updates.get(0));
    assertInstanceOf(Update.NewMessage.class, updates.get(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 5000, 500_000})
  void noDepthOfNestingIsTooDeep(int depth) throws IOException {
    var deep = "{\"update_id\":8,\"message\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    var updates = read(deep, GOOD);
    var unreadable = assertInstanceOf(Update.Unreadable.class, updates.getFirst());
    assertEquals(8, unreadable.id());
    assertTrue(unreadable.reason().contains("deep"), unreadable.reason());
    assertTrue(unreadable.raw().length() <= 65536);
    assertInstanceOf(Update.NewMessage.class, updates.getLast());
  }

  @Test
  void bracketsAndQuotesInTextsAreText() throws IOException {
    var hostile = "]}\\\\\\\",{[\\u005b\\\\";
    assertEquals(
        List.of("]}\\\",{[[\\", "hi"),
        read(update(8, "message", plain(hostile)), GOOD).stream()
            .map(u -> assertInstanceOf(Update.NewMessage.class, u).message().text())
            .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":{}}",
        "{\"update_id\":\"8\"}",
        "{\"update_id\":1e99}",
        "{\"update_id\":99999999999999999999}",
        "null",
        "5",
        "\"x\"",
        "[]",
      })
  void anUpdateWithoutANumberTakesItsPlaceInTheOrder(String nameless) throws IOException {
    assertEquals(List.of(8L, 9L), ids(read(nameless, GOOD)));
    assertEquals(List.of(9L, 10L), ids(read(GOOD, nameless)));
    assertEquals(List.of(41L), ids(read(41, "[" + nameless + "]")));
    assertEquals(List.of(0L), ids(read(0, "[" + nameless + "]")));
  }

  private static List<Long> ids(List<Update> updates) {
    return updates.stream().map(Update::id).toList();
  }

  @Test
  void theRawTextIsCutBetweenCharacters() throws IOException {
    var bad = "{\"update_id\":8,\"message\":\"" + "😀".repeat(30_000) + "\"}";
    var raw = assertInstanceOf(Update.Unreadable.class, read(bad).getFirst()).raw();
    assertTrue(bad.startsWith(raw), "cut, not changed");
    int bytes = raw.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    assertTrue(bytes <= 65536 && bytes > 65530, "" + bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "true", "null", "\"x\"", "[{\"update_id\":8}", "[{]}", "[,]"})
  void aResultThatIsNotAListIsNoResult(String result) {
    failure(ApiError.UnknownOutcome.class, () -> read(0, result));
  }

  @Test
  void aRefusedPollSaysWhy() throws IOException {
    try (var server =
            StubServer.replying(
                401, "{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}");
        var telegram = telegram(server)) {
      failure(ApiError.Unauthorized.class, () -> telegram.updates(0, 100, Duration.ZERO));
    }
  }

  @Test
  void theLimitsOfAPollAreChecked() throws IOException {
    try (var server = StubServer.ok("[]");
        var telegram = telegram(server)) {
      assertThrows(
          IllegalArgumentException.class, () -> telegram.updates(0, 0, Duration.ofSeconds(1)));
      assertThrows(
          IllegalArgumentException.class, () -> telegram.updates(0, 101, Duration.ofSeconds(1)));
      assertThrows(
          IllegalArgumentException.class, () -> telegram.updates(0, 1, Duration.ofSeconds(51)));
      assertEquals(List.of(), server.received());
    }
  }

  /// Whatever happens to an update on the way, its neighbours are read and nothing is thrown.
  @Test
  void aThousandMutilatedUpdatesHarmNobody() throws IOException {
    var random = new Random(25);
    var updates = new ArrayList<String>();
    for (int i = 0; i < 1000; i++) {
      updates.add(mutilated(random, 2 * i));
      updates.add(update(2 * i + 1, "message", plain("intact")));
    }
    var all = read(updates.toArray(String[]::new));
    assertEquals(2000, all.size());
    for (int i = 0; i < 1000; i++) {
      var intact = assertInstanceOf(Update.NewMessage.class, all.get(2 * i + 1));
      assertEquals(2 * i + 1, intact.id());
    }
    assertTrue(all.stream().filter(Update.Unreadable.class::isInstance).count() > 500);
  }

  /// Changes a character that carries no structure, so that the update's borders stay.
  private static String mutilated(Random random, int id) {
    var text = new StringBuilder(update(id, "message", plain("victim")));
    var harmless = "0123456789abcdefghijklmnopqrstuvwxyz:";
    for (int changes = 0; changes < 4; ) {
      int at = 20 + random.nextInt(text.length() - 20);
      if (harmless.indexOf(text.charAt(at)) >= 0) {
        text.setCharAt(at, "x-+.E9 :".charAt(random.nextInt(8)));
        changes++;
      }
    }
    return text.toString();
  }
}
