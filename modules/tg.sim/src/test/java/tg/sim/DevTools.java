package tg.sim;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A browser's DevTools protocol over one WebSocket: calls that wait for their result, and events.
///
/// Thread-safe.
final class DevTools implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, BlockingQueue<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final List<Consumer<JsonObject>> listeners = new CopyOnWriteArrayList<>();
  private final WebSocket socket;

  DevTools(URI address) {
    socket = http.newWebSocketBuilder().buildAsync(address, new Incoming()).join();
  }

  /// Each event, with its `method`, `params` and `sessionId`; called on the socket's thread.
  void onEvent(Consumer<JsonObject> listener) {
    listeners.add(listener);
  }

  JsonObject call(@Nullable String session, String method, JsonObject params) {
    long id = ids.incrementAndGet();
    JsonObject request = Json.object().add("id", id).add("method", method).add("params", params);
    if (session != null) {
      request.add("sessionId", session);
    }
    BlockingQueue<JsonObject> reply = new LinkedBlockingQueue<>();
    waiting.put(id, reply);
    try {
      synchronized (socket) {
        socket.sendText(request.toString(), true).join();
      }
      JsonObject answer = reply.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw new AssertionError(method + " was not answered by the browser");
      }
      if (answer.get("error") != null) {
        throw new AssertionError(method + ": " + answer.get("error"));
      }
      return answer.get("result").asObject();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " was interrupted", e);
    } finally {
      waiting.remove(id);
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  private void take(JsonObject message) {
    if (message.get("id") == null) {
      listeners.forEach(listener -> listener.accept(message));
      return;
    }
    BlockingQueue<JsonObject> reply = waiting.get(message.get("id").asLong());
    if (reply != null) {
      reply.add(message);
    }
  }

  private final class Incoming implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        JsonObject message = Json.parse(text.toString()).asObject();
        text.setLength(0);
        take(message);
      }
      from.request(1);
      return null;
    }
  }
}
