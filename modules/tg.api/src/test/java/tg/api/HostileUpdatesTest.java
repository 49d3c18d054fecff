package tg.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fuzz of the update decoder: whatever comes, it ends soon, and no neighbour is lost.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileUpdatesTest {
  private static final String FROM = "{\"id\":7,\"is_bot\":false,\"first_name\":\"A\"}";
  private static final String CHAT = "{\"id\":7,\"type\":\"private\",\"first_name\":\"A\"}";
  private static final List<String> FIELDS =
      List.of(
          "message_id",
          "from",
          "chat",
          "date",
          "text",
          "caption",
          "entities",
          "caption_entities",
          "document",
          "photo",
          "is_topic_message",
          "message_thread_id",
          "migrate_to_chat_id",
          "id",
          "data",
          "message",
          "new_chat_member",
          "status",
          "type",
          "first_name",
          "update_id");

  private static String good(long id) {
    return "{\"update_id\":%d,\"message\":{\"message_id\":%d,\"from\":%s,\"chat\":%s,\"date\":1,\"text\":\"ok\"}}"
        .formatted(id, id, FROM, CHAT);
  }

  private static List<Update> decode(List<String> updates) {
    var body = "{\"ok\":true,\"result\":[" + String.join(",", updates) + "]}";
    return Batch.cut(body).decode(0);
  }

  private static void assertNeighbours(String victim) {
    var all = decode(List.of(good(10), victim, good(12)));
    assertEquals(3, all.size(), () -> beginning(victim));
    assertInstanceOf(Update.NewMessage.class, all.get(0), () -> beginning(victim));
    assertInstanceOf(Update.NewMessage.class, all.get(2), () -> beginning(victim));
    assertEquals(10, all.get(0).id());
    assertEquals(12, all.get(2).id());
  }

  private static String beginning(String text) {
    return text.substring(0, Math.min(300, text.length()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void fieldsOfEveryWrongTypeHarmNobody(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      assertNeighbours(update(random));
    }
  }

  /// An update of a kind that we read, with fields that may be anything.
  private static String update(Random random) {
    var kind = UpdateReader.KINDS.get(random.nextInt(UpdateReader.KINDS.size()));
    return "{\"update_id\":11,\"" + kind + "\":" + object(random, 3) + "}";
  }

  private static String object(Random random, int depth) {
    var object = new StringBuilder("{");
    int fields = random.nextInt(FIELDS.size());
    for (int i = 0; i < fields; i++) {
      var name = FIELDS.get(random.nextInt(FIELDS.size()));
      object.append(i == 0 ? "\"" : ",\"").append(name).append("\":").append(value(random, depth));
    }
    return object.append('}').toString();
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 16 : 13)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "1";
      case 3 -> "-9223372036854775808";
      case 4 -> "9".repeat(1 + random.nextInt(400));
      case 5 -> "1e" + random.nextInt(1_000_000_000);
      case 6 -> "0." + "1".repeat(random.nextInt(100));
      case 7 -> "\"" + "x".repeat(random.nextInt(50)) + "\"";
      case 8 -> "\"\\ud83d\\u0000\\\\\\\"]}{[\"";
      case 9 -> "\"private\"";
      case 10 -> CHAT;
      case 11 -> FROM;
      case 12 -> "[]";
      case 13 -> object(random, depth - 1);
      case 14 -> "[" + value(random, depth - 1) + "," + value(random, depth - 1) + "]";
      default -> nested(random.nextInt(300));
    };
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "{}" + "]".repeat(depth);
  }

  @Test
  void stringsOfAMebibyteAreReadOrKept() {
    for (var piece : List.of("x", "\\\\", "\\u0041", "\\\"", "😀", "[{", "\u00a0")) {
      var text = piece.repeat((1 << 20) / piece.length());
      for (var field : List.of("text", "date", "entities", "unknown")) {
        var victim =
            "{\"update_id\":11,\"message\":{\"message_id\":1,\"from\":%s,\"chat\":%s,\"%s\":\"%s\"}}"
                .formatted(FROM, CHAT, field, text);
        assertNeighbours(victim);
      }
    }
  }

  @Test
  void aMebibyteOfOneThingIsReadOrKept() {
    for (var piece : List.of("[],", "{},", "1,", "-1e5,", "null,", "\"\",", "\"a\":1,")) {
      var many = piece.repeat((1 << 20) / piece.length());
      var inArray = "[" + many + "0]";
      var asObject = "{" + many + "\"z\":0}";
      for (var value : List.of(inArray, asObject)) {
        for (var field : List.of("entities", "photo", "chat", "x")) {
          assertNeighbours("{\"update_id\":11,\"message\":{\"" + field + "\":" + value + "}}");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 199, 201, 100_000, 500_000})
  void nestingOfEveryKindAndDepthHarmsNobody(int depth) {
    for (var pair : List.of("[ ]", "{\"a\": }", "[{\"chat\": }]", "[[], ]")) {
      int gap = pair.indexOf(' ');
      int times = depth / 2;
      var deep = pair.substring(0, gap).repeat(times) + "1" + pair.substring(gap + 1).repeat(times);
      assertNeighbours("{\"update_id\":11,\"message\":" + deep + "}");
    }
  }

  @Test
  void whateverIsCutOrTurnedIntoNoiseEndsSoonAndThrowsNothing() {
    var random = new Random(6);
    var whole = "{\"ok\":true,\"result\":[" + good(1) + "," + good(2) + "," + good(3) + "]}";
    for (int i = 0; i < 3000; i++) {
      var noise = new StringBuilder(whole);
      for (int changes = random.nextInt(8); changes >= 0; changes--) {
        int at = random.nextInt(noise.length());
        switch (random.nextInt(4)) {
          case 0 -> noise.setLength(Math.max(1, at));
          case 1 -> noise.setCharAt(at, (char) random.nextInt(0x10000));
          case 2 -> noise.insert(at, "\"{}[],:\\".charAt(random.nextInt(8)));
          default -> noise.deleteCharAt(noise.length() > 1 ? at : 0);
        }
        if (noise.isEmpty()) {
          noise.append('{');
        }
      }
      var body = noise.toString();
      var updates = Batch.cut(body).decode(0);
      assertTrue(updates.size() < 200, body);
    }
  }

  @Test
  void aHundredHostileUpdatesInOneBatchHarmNobody() {
    var random = new Random(9);
    var batch = new ArrayList<String>();
    for (int i = 0; i < 50; i++) {
      batch.add(good(2L * i));
      batch.add(
          "{\"update_id\":%d,\"message\":{\"text\":\"%s\",\"date\":%s}}"
              .formatted(2 * i + 1, "y".repeat(1 << 14), value(random, 2)));
    }
    var all = decode(batch);
    assertEquals(100, all.size());
    for (int i = 0; i < 50; i++) {
      assertInstanceOf(Update.NewMessage.class, all.get(2 * i));
    }
  }

  @Test
  void whateverAWebhookIsToldIsAnUpdateAndTheSameOneWhenItComesAgain() {
    var random = new Random(11);
    for (int i = 0; i < 3000; i++) {
      var told = new StringBuilder(i % 2 == 0 ? good(5) : update(random));
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        told.setCharAt(random.nextInt(told.length()), (char) random.nextInt(0x180));
      }
      var update = Update.read(told.toString());
      assertEquals(update.id(), Update.read(told.toString()).id(), told::toString);
    }
    for (var told :
        List.of("", "x", "[]", "null", "{}", "{\"update_id\":null}", "9".repeat(1 << 20))) {
      var update = assertInstanceOf(Update.Unreadable.class, Update.read(told));
      assertTrue(update.id() < 0, "no number of Telegram's");
    }
  }
}
