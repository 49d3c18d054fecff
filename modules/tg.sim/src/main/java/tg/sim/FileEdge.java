package tg.sim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Optional;

/// Serves `/file/bot<token>/<path>`: what `getFile` has named. Thread-safe.
final class FileEdge implements HttpHandler {
  private final BotDoor door;

  FileEdge(BotDoor door) {
    this.door = door;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      reply(BotPath.file(exchange.getRequestURI().getPath())).send(exchange);
    }
  }

  private Reply reply(Optional<BotPath> path) {
    try {
      BotPath asked = path.orElseThrow(() -> ApiError.of(404, "Not Found"));
      door.enter(asked.token());
      StoredFile file =
          door.world()
              .in(() -> door.world().files.byPath(asked.rest()))
              .orElseThrow(() -> ApiError.of(404, "Not Found"));
      return Reply.of(200, "application/octet-stream", file.bytes());
    } catch (ApiError e) {
      return Reply.error(e);
    }
  }
}
