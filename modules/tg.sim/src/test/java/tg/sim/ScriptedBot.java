package tg.sim;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A bot on the Bot API itself: it polls on a virtual thread, and the test says what it answers.
final class ScriptedBot implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 15;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI api;
  private final BlockingQueue<JsonObject> updates = new LinkedBlockingQueue<>();
  private final Thread poller;
  private volatile boolean closed;

  ScriptedBot(URI sim, String token) {
    api = sim.resolve("/bot" + token + "/");
    call("getMe", Json.object());
    poller = Thread.ofVirtual().start(this::poll);
  }

  /// The next update of a kind, for example `message`; others before it are dropped.
  JsonObject next(String kind) {
    try {
      while (true) {
        JsonObject update = updates.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (update == null) {
          throw new AssertionError("the bot got no " + kind);
        }
        if (update.get(kind) != null) {
          return update.get(kind).asObject();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a " + kind, e);
    }
  }

  /// The next message with this text; whatever came before it is dropped.
  JsonObject heard(String text) {
    while (true) {
      JsonObject message = next("message");
      if (text.equals(message.getString("text", ""))) {
        return message;
      }
    }
  }

  /// Sends a text to a chat; `more` holds further parameters.
  JsonObject send(long chat, String text, JsonObject more) {
    JsonObject params = Json.object().add("chat_id", chat).add("text", text).merge(more);
    return call("sendMessage", params).asObject();
  }

  JsonObject send(long chat, String text) {
    return send(chat, text, Json.object());
  }

  /// Answers a message as a reply to it.
  JsonObject reply(JsonObject message, String text, JsonObject more) {
    JsonObject target = Json.object().add("message_id", message.get("message_id"));
    long chat = message.get("chat").asObject().getLong("id", 0);
    return send(chat, text, Json.object().add("reply_parameters", target).merge(more));
  }

  JsonObject reply(JsonObject message, String text) {
    return reply(message, text, Json.object());
  }

  JsonObject edit(JsonObject message, String text, JsonObject more) {
    JsonObject params =
        Json.object()
            .add("chat_id", message.get("chat").asObject().get("id"))
            .add("message_id", message.get("message_id"))
            .add("text", text)
            .merge(more);
    return call("editMessageText", params).asObject();
  }

  JsonValue call(String method, JsonObject params) {
    try {
      JsonObject answer = post(method, params);
      if (answer == null || !answer.getBoolean("ok", false)) {
        throw new AssertionError(method + " " + params + ": " + answer);
      }
      return answer.get("result");
    } catch (IOException e) {
      throw new AssertionError(method + " failed", e);
    }
  }

  /// Why a call is refused.
  String refused(String method, JsonObject params) {
    try {
      JsonObject answer = post(method, params);
      if (answer == null || answer.getBoolean("ok", false)) {
        throw new AssertionError(method + " was not refused: " + answer);
      }
      return answer.getString("description", "");
    } catch (IOException e) {
      throw new AssertionError(method + " failed", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    poller.interrupt();
    http.shutdownNow();
  }

  private @Nullable JsonObject post(String method, JsonObject params) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve(method))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(params.toString()))
            .build();
    try {
      return Json.parse(http.send(request, HttpResponse.BodyHandlers.ofString()).body()).asObject();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private void poll() {
    long offset = 0;
    while (!closed) {
      try {
        JsonObject params = Json.object().add("offset", offset).add("timeout", 25);
        JsonObject answer = post("getUpdates", params);
        if (answer == null) {
          return;
        }
        if (!answer.getBoolean("ok", false)) {
          continue;
        }
        for (JsonValue each : answer.get("result").asArray()) {
          updates.add(each.asObject());
          offset = each.asObject().getLong("update_id", 0) + 1;
        }
      } catch (IOException e) {
        if (!closed) {
          throw new AssertionError("the bot lost its server", e);
        }
      }
    }
  }
}
