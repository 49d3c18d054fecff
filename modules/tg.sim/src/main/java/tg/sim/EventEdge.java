package tg.sim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Serves `/sim/events`: a stream of server-sent events that a reconnect resumes without loss.
/// Thread-safe.
final class EventEdge implements HttpHandler {
  private static final Duration BEAT = Duration.ofSeconds(15);

  private final Events events;

  EventEdge(Events events) {
    this.events = events;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (Origins.foreign(exchange)) {
        Reply.json(403, Origins.refusal()).send(exchange);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(200, 0);
      stream(exchange.getResponseBody(), since(exchange));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long since(HttpExchange exchange) {
    String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    String asked = last == null ? Query.of(exchange).getOrDefault("since", "") : last;
    return asked.matches("[0-9]{1,18}") ? Long.parseLong(asked) : events.newest();
  }

  private void stream(OutputStream out, long since) throws IOException, InterruptedException {
    long seen = since;
    write(out, ": hello\n\n");
    while (!events.closed()) {
      if (!events.reaches(seen)) {
        seen = events.newest();
        write(out, "id: " + seen + "\nevent: resync\ndata: {}\n\n");
      }
      List<Events.Event> news = events.after(seen, BEAT);
      StringBuilder text = new StringBuilder(news.isEmpty() ? ": still here\n\n" : "");
      for (Events.Event event : news) {
        text.append("id: ").append(event.id()).append("\nevent: ").append(event.name());
        text.append("\ndata: ").append(event.data()).append("\n\n");
        seen = event.id();
      }
      write(out, text.toString());
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
