package tg.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A bot's end of the wire: calls methods with JSON bodies over real sockets.
record BotWire(Sim sim, String token, HttpClient http) implements AutoCloseable {
  static BotWire to(Sim sim, String token) {
    return new BotWire(
        sim, token, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  URI url(String method) {
    return URI.create(sim.uri() + "bot" + token + "/" + method);
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> post(String method, JsonObject args) {
    return send(
        HttpRequest.newBuilder(url(method))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(args.toString()))
            .build());
  }

  JsonValue ok(String method, JsonObject args) {
    HttpResponse<String> response = post(method, args);
    JsonObject json = Json.parse(response.body()).asObject();
    assertEquals(200, response.statusCode(), response.body());
    assertTrue(json.getBoolean("ok", false), response.body());
    return json.get("result");
  }

  /// Expects an error, whose HTTP status equals its code.
  void fails(int code, String description, String method, JsonObject args) {
    HttpResponse<String> response = post(method, args);
    JsonObject json = Json.parse(response.body()).asObject();
    assertEquals(description, json.getString("description", ""));
    assertEquals(code, response.statusCode());
    assertEquals(code, json.getInt("error_code", 0));
    assertFalse(json.getBoolean("ok", true));
  }

  JsonObject message(long chat, String text) {
    return ok("sendMessage", args().add("chat_id", chat).add("text", text)).asObject();
  }

  JsonArray updates(JsonObject args) {
    return ok("getUpdates", args).asArray();
  }

  static JsonObject args() {
    return new JsonObject();
  }

  static JsonObject chat(long id) {
    return args().add("chat_id", id);
  }

  static JsonObject keyboard(String text, String data) {
    JsonObject button = args().add("text", text).add("callback_data", data);
    return args().add("inline_keyboard", new JsonArray().add(new JsonArray().add(button)));
  }

  /// Waits for a condition, for at most 30 s.
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not within 30 s: " + what);
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
