package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private record Event(long id, String name, JsonObject data) {}

  /// A page's end of the stream.
  private static final class Page implements AutoCloseable {
    private final BufferedReader in;

    Page(Room room, String query, long last) throws IOException {
      URLConnection connection =
          URI.create(room.sim.uri() + "sim/events" + query).toURL().openConnection();
      if (last >= 0) {
        connection.setRequestProperty("Last-Event-ID", String.valueOf(last));
      }
      connection.setReadTimeout(10_000);
      in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    Event next() throws IOException {
      long id = 0;
      String name = "";
      while (true) {
        String line = in.readLine();
        if (line.startsWith("id: ")) {
          id = Long.parseLong(line, 4, line.length(), 10);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          return new Event(id, name, Json.parse(line.substring(6)).asObject());
        }
      }
    }

    List<Event> next(int count) throws IOException {
      Stream.Builder<Event> events = Stream.builder();
      for (int i = 0; i < count; i++) {
        events.add(next());
      }
      return events.build().toList();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  @Test
  void whatHappensIsStreamed() throws Exception {
    try (Room room = new Room();
        Page page = new Page(room, "", -1)) {
      room.sim.say(room.ann, "hello");
      Event said = page.next();
      assertEquals("message", said.name());
      assertEquals("hello", said.data().get("message").asObject().getString("text", ""));
      room.confirm();
      assertEquals("read", page.next().name());
      room.bot.ok("sendChatAction", BotWire.chat(1001).add("action", "typing"));
      assertEquals("typing", page.next().data().getString("action", ""));
      room.bot.ok(
          "sendMessage",
          BotWire.chat(1001).add("text", "x").add("reply_markup", BotWire.keyboard("A", "a")));
      SimCallback pressed = room.sim.press(room.ann, 2, "a");
      room.bot.ok(
          "answerCallbackQuery",
          BotWire.args().add("callback_query_id", pressed.id()).add("text", "ok"));
      room.bot.ok("editMessageText", BotWire.chat(1001).add("message_id", 2).add("text", "y"));
      room.bot.ok("deleteMessage", BotWire.chat(1001).add("message_id", 2));
      assertEquals(
          List.of("message", "callback", "callback_answered", "edited", "deleted"),
          page.next(5).stream().map(Event::name).toList());
    }
  }

  @Test
  void aReconnectLosesNothing() throws Exception {
    try (Room room = new Room()) {
      long seen;
      try (Page page = new Page(room, "", -1)) {
        room.sim.say(room.ann, "one");
        seen = page.next().id();
      }
      room.sim.say(room.ann, "two");
      try (Page page = new Page(room, "?since=0", seen)) {
        Event next = page.next();
        assertEquals(seen + 1, next.id());
        assertEquals("two", next.data().get("message").asObject().getString("text", ""));
      }
    }
  }

  @Test
  void anEventOfAnEarlierRunAsksForAFreshStart() throws Exception {
    try (Room room = new Room();
        Page page = new Page(room, "?since=41", -1)) {
      Event first = page.next();
      assertEquals("resync", first.name());
      room.sim.say(room.ann, "hello");
      assertEquals(first.id() + 1, page.next().id());
      assertTrue(first.id() > 1_000_000_000_000_000L);
    }
  }
}
