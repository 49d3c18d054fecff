package tg.sim;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Serves `/sim/…`, the control API; `docs/sim.md` is its contract. Thread-safe.
final class ControlEdge implements HttpHandler {
  private static final int LONGEST_BODY = 80 << 20;

  /// A verb of the control API: it is done with the [World]'s lock held.
  @FunctionalInterface
  interface Verb {
    JsonValue apply(JsonObject body);
  }

  private final World world;
  private final Map<String, Verb> verbs = new HashMap<>();
  private final ControlLooks looks;

  ControlEdge(Desk desk) {
    world = desk.world;
    looks = new ControlLooks(desk);
    new PeopleVerbs(desk).addTo(verbs);
    new PlaceVerbs(desk).addTo(verbs);
    new DeskVerbs(desk).addTo(verbs);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      Reply reply = reply(exchange);
      fence(exchange, reply);
      reply.send(exchange);
    }
  }

  /* Without this a document that somebody sent could run its scripts as a part of our page. */
  private static void fence(HttpExchange exchange, Reply reply) {
    exchange.getResponseHeaders().set("Content-Security-Policy", "sandbox");
    if (!reply.type().startsWith("image/") && !reply.type().equals("application/json")) {
      exchange.getResponseHeaders().set("Content-Disposition", "attachment");
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    if (Origins.foreign(exchange)) {
      return Reply.json(403, Origins.refusal());
    }
    String path = exchange.getRequestURI().getPath().substring("/sim/".length());
    try {
      return switch (exchange.getRequestMethod()) {
        case "GET", "HEAD" -> looks.at(path, Query.of(exchange));
        case "POST" -> Reply.json(200, act(path, body(exchange)));
        default -> throw SimException.invalid("Use GET or POST");
      };
    } catch (SimException e) {
      return Reply.json(
          e.missing() ? 404 : 400, new JsonObject().add("error", String.valueOf(e.getMessage())));
    }
  }

  private JsonValue act(String path, JsonObject body) {
    Verb verb = verbs.get(path);
    if (verb == null) {
      throw SimException.missing("No verb /sim/" + path + "; docs/sim.md lists them");
    }
    return world.in(() -> verb.apply(body));
  }

  private static JsonObject body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(LONGEST_BODY);
    try {
      JsonValue json =
          bytes.length == 0
              ? new JsonObject()
              : Json.parse(new String(bytes, StandardCharsets.UTF_8));
      if (json.isObject()) {
        return json.asObject();
      }
    } catch (ParseException e) {
      throw SimException.invalid("The body is no JSON: " + e.getMessage());
    }
    throw SimException.invalid("The body must be a JSON object");
  }
}
