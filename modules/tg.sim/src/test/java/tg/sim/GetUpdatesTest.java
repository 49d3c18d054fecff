package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GetUpdatesTest {
  private static final String OTHER_POLL =
      "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";

  private static List<Integer> ids(JsonArray updates) {
    return updates.values().stream()
        .map(update -> update.asObject().getInt("update_id", 0))
        .toList();
  }

  private static JsonObject from(int offset) {
    return BotWire.args().add("offset", offset);
  }

  private static int say(Room room, int times) {
    for (int i = 1; i <= times; i++) {
      room.sim.say(room.ann, "message " + i);
    }
    return ids(room.bot.updates(BotWire.args())).getFirst();
  }

  @Test
  void aPositiveOffsetForgetsWhatIsBeforeIt() {
    try (Room room = new Room()) {
      int first = say(room, 3);
      assertTrue(first >= 2_000_000 && first <= 1_000_000_000, "first id " + first);
      assertEquals(List.of(first + 1, first + 2), ids(room.bot.updates(from(first + 1))));
      assertEquals(List.of(first + 1, first + 2), ids(room.bot.updates(from(0).add("limit", 5))));
      assertEquals(1, room.bot.updates(from(first + 2)).size());
      assertEquals(1, room.sim.pending(room.id));
    }
  }

  @Test
  void aNegativeOffsetKeepsOnlyTheNewest() {
    try (Room room = new Room()) {
      int first = say(room, 5);
      assertEquals(List.of(first + 3, first + 4), ids(room.bot.updates(from(-2))));
      assertEquals(2, room.sim.pending(room.id));
    }
  }

  @Test
  void anOffsetThatIsFarOffForgetsNothing() {
    try (Room room = new Room()) {
      int first = say(room, 3);
      assertEquals(3, room.bot.updates(from(first + 14)).size());
      assertEquals(3, room.bot.updates(from(1)).size());
      assertEquals(3, room.sim.pending(room.id));
      assertEquals(
          0, room.bot.updates(from(first + 13)).size(), "10 past the end is still in range");
    }
  }

  @Test
  void limitIsClamped() {
    try (Room room = new Room()) {
      int first = say(room, 3);
      assertEquals(2, room.bot.updates(from(first).add("limit", 2)).size());
      assertEquals(1, room.bot.updates(from(-3).add("limit", 0)).size(), "0 is moved to 1");
    }
  }

  @Test
  void repeatingTheSameAtOnceGetsOneUpdateOnly() {
    try (Room room = new Room()) {
      int first = say(room, 3);
      room.bot.updates(from(first));
      assertEquals(1, room.bot.updates(from(first)).size());
    }
  }

  @Test
  void repeatingTheSameWithoutAnythingNewWaitsThreeSeconds() {
    try (Room room = new Room()) {
      room.bot.updates(BotWire.args());
      long start = System.nanoTime();
      assertEquals(0, room.bot.updates(BotWire.args()).size());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.compareTo(Duration.ofMillis(2_900)) > 0, "took " + took);
    }
  }

  @Test
  void aLongPollIsAnsweredByTheFirstUpdate() throws Exception {
    try (Room room = new Room();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<JsonArray> poll =
          threads.submit(() -> room.bot.updates(BotWire.args().add("timeout", 50)));
      awaitPoll(room);
      long start = System.nanoTime();
      room.sim.say(room.ann, "hello");
      JsonArray updates = poll.get();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertEquals(1, updates.size());
      assertEquals(
          "hello", updates.get(0).asObject().get("message").asObject().getString("text", ""));
      assertTrue(took.compareTo(Duration.ofSeconds(1)) < 0, "took " + took);
    }
  }

  private static void awaitPoll(Room room) {
    BotWire.await("a waiting poll", () -> room.sim.polls(room.id));
  }

  @Test
  void aSecondPollEndsTheFirst() throws Exception {
    try (Room room = new Room();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<HttpResponse<String>> call =
          () -> room.bot.post("getUpdates", BotWire.args().add("timeout", 20));
      Future<HttpResponse<String>> older = threads.submit(call);
      awaitPoll(room);
      Future<HttpResponse<String>> newer = threads.submit(call);
      JsonObject ended = Json.parse(older.get().body()).asObject();
      assertEquals(409, older.get().statusCode());
      assertEquals(OTHER_POLL, ended.getString("description", ""));
      room.sim.say(room.ann, "hello");
      assertEquals(200, newer.get().statusCode());
    }
  }

  @Test
  void aSecondConflictWithinThreeSecondsIsDelayed() throws Exception {
    try (Room room = new Room();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<HttpResponse<String>> call =
          () -> room.bot.post("getUpdates", BotWire.args().add("timeout", 20));
      Future<HttpResponse<String>> first = threads.submit(call);
      awaitPoll(room);
      Future<HttpResponse<String>> second = threads.submit(call);
      assertEquals(409, first.get().statusCode());
      awaitPoll(room);
      long start = System.nanoTime();
      var _ = threads.submit(call);
      assertEquals(409, second.get().statusCode());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.compareTo(Duration.ofMillis(2_900)) > 0, "took " + took);
      room.sim.say(room.ann, "hello");
    }
  }

  @Test
  void aPollThatNeedNotWaitIsNoConflict() throws Exception {
    try (Room room = new Room();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<JsonArray> poll =
          threads.submit(() -> room.bot.updates(BotWire.args().add("timeout", 20)));
      awaitPoll(room);
      assertEquals(0, room.bot.updates(from(-1)).size());
      room.sim.say(room.ann, "hello");
      assertEquals(1, poll.get().size());
    }
  }

  @Test
  void webhooksAndPollsExcludeEachOther() throws Exception {
    try (Room room = new Room();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> poll =
          threads.submit(() -> room.bot.post("getUpdates", BotWire.args().add("timeout", 20)));
      awaitPoll(room);
      room.bot.ok("setWebhook", BotWire.args().add("url", "http://127.0.0.1:9/hook"));
      assertEquals(
          "Conflict: terminated by setWebhook request",
          Json.parse(poll.get().body()).asObject().getString("description", ""));
      room.bot.fails(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
          "getUpdates",
          BotWire.args());
      room.bot.ok("deleteWebhook", BotWire.args());
      assertEquals(0, room.bot.updates(BotWire.args()).size());
    }
  }

  @Test
  void allowedUpdatesHoldUntilTheyAreSetAgain() {
    try (Room room = new Room()) {
      JsonArray only = new JsonArray().add("Callback_Query").add("nonsense");
      room.bot.updates(BotWire.args().add("allowed_updates", only));
      room.sim.say(room.ann, "not wanted");
      room.bot.updates(from(-1));
      room.sim.say(room.ann, "still not wanted");
      assertEquals(0, room.sim.pending(room.id));
      room.bot.updates(from(-2).add("allowed_updates", new JsonArray()));
      room.sim.say(room.ann, "wanted");
      assertEquals(1, room.sim.pending(room.id));
    }
  }

  @Test
  void updatesExpire() {
    try (Room room = new Room().started()) {
      JsonObject sent =
          room.bot
              .ok(
                  "sendMessage",
                  BotWire.chat(1001)
                      .add("text", "press")
                      .add("reply_markup", BotWire.keyboard("A", "a")))
              .asObject();
      room.sim.press(room.ann, sent.getInt("message_id", 0), "a");
      room.sim.say(room.ann, "hello");
      assertEquals(2, room.sim.pending(room.id));
      room.sim.advance(Duration.ofSeconds(150));
      assertEquals(1, room.sim.pending(room.id), "a callback lives 150 s");
      room.sim.advance(Duration.ofHours(24));
      assertEquals(0, room.sim.pending(room.id), "a message lives a day");
    }
  }
}
