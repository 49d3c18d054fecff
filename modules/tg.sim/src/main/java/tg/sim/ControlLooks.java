package tg.sim;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What one can look at with the control API. Thread-safe.
final class ControlLooks {
  private final Desk desk;
  private final World world;

  ControlLooks(Desk desk) {
    this.desk = desk;
    this.world = desk.world;
  }

  Reply at(String path, Map<String, String> query) {
    String[] parts = path.split("/", -1);
    return switch (parts[0]) {
      case "state" -> json(this::state);
      case "chats" -> json(() -> chats(parts, query));
      case "callbacks" -> json(() -> callback(parts));
      case "files" -> world.in(() -> file(parts));
      case "calls" -> Reply.json(200, calls(query));
      case "stats" -> Reply.json(200, stats());
      case "faults" -> Reply.json(200, DeskVerbs.all(desk.faults));
      case "clock" -> json(this::clock);
      default ->
          throw SimException.missing(
              "Nothing to see at /sim/" + path + "; docs/sim.md lists what there is");
    };
  }

  private Reply json(Supplier<JsonValue> look) {
    return Reply.json(200, world.in(look));
  }

  private static String part(String[] parts, int index) {
    if (parts.length <= index) {
      throw SimException.missing("The path is too short; docs/sim.md lists what there is");
    }
    return parts[index];
  }

  private JsonObject clock() {
    JsonObject json = new JsonObject();
    SimJson.time(json, "now_at", world.now());
    return json;
  }

  private JsonValue state() {
    JsonArray bots = new JsonArray();
    world.bots().forEach(bot -> bots.add(SimJson.bot(bot)));
    JsonArray users = new JsonArray();
    world.users().forEach(user -> users.add(SimJson.user(user)));
    JsonArray chats = new JsonArray();
    newestFirst(world.chats()).forEach(chat -> chats.add(SimJson.chat(world, chat)));
    return new JsonObject()
        .add("event", world.events.newest())
        .merge(clock())
        .add("flood", desk.flood.enforced())
        .add("bots", bots)
        .add("users", users)
        .add("chats", chats);
  }

  private static List<Chat> newestFirst(List<Chat> chats) {
    List<Chat> sorted = new ArrayList<>(chats);
    sorted.sort(Comparator.comparingLong(ControlLooks::lastAt).reversed());
    return sorted;
  }

  private static long lastAt(Chat chat) {
    Message newest = chat.newest();
    return newest == null ? 0 : newest.sentAt().toEpochMilli();
  }

  private JsonValue chats(String[] parts, Map<String, String> query) {
    Chat chat = desk.places.chat(part(parts, 1));
    if (!part(parts, 2).equals("messages")) {
      throw SimException.missing("A chat has only /messages");
    }
    if (parts.length > 3) {
      return SimJson.message(People.message(chat, number(parts[3])));
    }
    List<Message> messages = new ArrayList<>();
    long thread = number(query.getOrDefault("thread", "0"));
    for (Message message : chat.messages()) {
      if (thread == 0 || message.placement.thread() == thread) {
        messages.add(message);
      }
    }
    long last = number(query.getOrDefault("last", "1000000"));
    JsonArray shown = new JsonArray();
    messages.stream()
        .skip(Math.max(0, messages.size() - last))
        .forEach(message -> shown.add(SimJson.message(message)));
    return new JsonObject()
        .add("event", world.events.newest())
        .add("chat", SimJson.chat(world, chat))
        .add("messages", shown);
  }

  private static long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw SimException.invalid("\"" + text + "\" is no number");
    }
    return Long.parseLong(text);
  }

  private JsonValue callback(String[] parts) {
    String id = part(parts, 1);
    return SimJson.callback(
        world.callbacks.get(id).orElseThrow(() -> SimException.missing("No callback " + id)));
  }

  private Reply file(String[] parts) {
    String id = part(parts, 1);
    StoredFile file =
        world.files.byUniqueId(id).orElseThrow(() -> SimException.missing("No file " + id));
    return Reply.of(200, file.photo() ? "image/jpeg" : "application/octet-stream", file.bytes());
  }

  private JsonValue calls(Map<String, String> query) {
    long since = number(query.getOrDefault("since", "0"));
    long bot = number(query.getOrDefault("bot", "0"));
    String method = query.getOrDefault("method", "");
    Stream<SimCall> found =
        desk.calls.after(since).stream()
            .filter(call -> bot == 0 || call.bot() == bot)
            .filter(call -> method.isEmpty() || call.method().equalsIgnoreCase(method))
            .limit(number(query.getOrDefault("limit", "1000")));
    JsonArray calls = new JsonArray();
    long[] next = {since};
    found.forEach(call -> {
      calls.add(json(call));
      next[0] = call.n();
    });
    return new JsonObject().add("calls", calls).add("next", next[0]);
  }

  private static JsonObject json(SimCall call) {
    JsonObject params = new JsonObject();
    call.params().forEach(params::add);
    JsonObject json =
        new JsonObject()
            .add("n", call.n())
            .add("bot", call.bot())
            .add("method", call.method())
            .add("params", params);
    SimJson.time(json, "at", call.at());
    SimCall.Outcome outcome = call.outcome();
    json.add("duration_ms", TimeUnit.NANOSECONDS.toMicros(outcome.took().toNanos()) / 1_000.0)
        .add("status", outcome.status());
    if (!outcome.description().isEmpty()) {
      json.add("description", outcome.description());
    }
    if (!outcome.fault().isEmpty()) {
      json.add("fault", outcome.fault());
    }
    return outcome.flood() ? json.add("flood", true) : json;
  }

  private JsonValue stats() {
    SimStats stats = desk.calls.stats();
    JsonObject byMethod = new JsonObject();
    stats.byMethod().forEach(byMethod::add);
    JsonObject byStatus = new JsonObject();
    stats.byStatus().forEach((status, count) -> byStatus.add(String.valueOf(status), count));
    return new JsonObject()
        .add("calls", stats.calls())
        .add("by_method", byMethod)
        .add("by_status", byStatus)
        .add("flood_429", stats.flood())
        .add("fault_429", stats.planned())
        .add("faults", stats.faults());
  }
}
