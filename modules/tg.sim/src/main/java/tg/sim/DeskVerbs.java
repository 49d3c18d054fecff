package tg.sim;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/// The verbs of the control API that work on the simulator itself: faults, limits, clock. Used with
/// the [World]'s lock held.
final class DeskVerbs {
  private final Desk desk;

  DeskVerbs(Desk desk) {
    this.desk = desk;
  }

  void addTo(Map<String, ControlEdge.Verb> verbs) {
    verbs.put("faults", this::plan);
    verbs.put("faults/clear", this::clear);
    verbs.put("flood", this::flood);
    verbs.put("clock", this::clock);
    verbs.put("reset", this::reset);
  }

  private JsonValue plan(JsonObject body) {
    Fault.Kind kind = Fault.Kind.of(Fields.of(body, "kind").map(Fields::plain).orElse(""));
    Duration wait =
        kind == Fault.Kind.TOO_MANY
            ? Duration.ofSeconds(Fields.number(body, "seconds").orElse(1L))
            : Duration.ofMillis(Fields.number(body, "ms").orElse(1_000L));
    Fault fault =
        Fault.of(kind)
            .lasting(wait)
            .on(Fields.text(body, "method").orElse(""))
            .forBot(Fields.number(body, "bot").orElse(0L))
            .nth(Where.small(body, "nth", 1))
            .times(Where.small(body, "times", 1))
            .by(body.getDouble("probability", 1), Fields.number(body, "seed").orElse(0L));
    return json(desk.faults.add(fault), fault);
  }

  private JsonValue clear(JsonObject body) {
    if (Fields.of(body, "id").isEmpty()) {
      desk.faults.clear();
    } else if (!desk.faults.clear(Where.small(body, "id", 0))) {
      throw SimException.missing("No fault " + Where.small(body, "id", 0) + "; it may be spent");
    }
    return all(desk.faults);
  }

  static JsonObject all(FaultPlan plan) {
    JsonArray faults = new JsonArray();
    plan.all().forEach((id, fault) -> faults.add(json(id, fault)));
    return new JsonObject().add("faults", faults);
  }

  private static JsonObject json(int id, Fault fault) {
    JsonObject json = new JsonObject().add("id", id).add("kind", fault.kind().word());
    switch (fault.kind()) {
      case TOO_MANY -> json.add("seconds", fault.delay().toSeconds());
      case HANG, SLOW -> json.add("ms", fault.delay().toMillis());
      case BAD_REQUEST, SERVER_ERROR, HTML_502, CLOSE_BEFORE, CLOSE_AFTER, EMPTY, GARBAGE -> {}
    }
    if (!fault.method().isEmpty()) {
      json.add("method", fault.method());
    }
    if (fault.bot() != 0) {
      json.add("bot", fault.bot());
    }
    json.add("nth", fault.nth()).add("times", fault.times());
    if (!fault.chance().equals(Fault.Chance.ALWAYS)) {
      json.add("probability", fault.chance().probability()).add("seed", fault.chance().seed());
    }
    return json;
  }

  private JsonValue flood(JsonObject body) {
    desk.flood.enforce(Fields.flag(body, "on"));
    return new JsonObject().add("flood", desk.flood.enforced());
  }

  private JsonValue clock(JsonObject body) {
    desk.world.clock.advance(
        Fields.text(body, "advance")
            .map(DeskVerbs::duration)
            .orElseGet(() -> Duration.ofMillis(Where.number(body, "advance_ms"))));
    JsonObject json = new JsonObject();
    SimJson.time(json, "now_at", desk.world.now());
    return json;
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw SimException.invalid(
          "\"advance\" must be an ISO 8601 duration such as PT25H, not " + text);
    }
  }

  private JsonValue reset(JsonObject body) {
    desk.reset();
    return new JsonObject().add("event", desk.world.events.newest());
  }
}
