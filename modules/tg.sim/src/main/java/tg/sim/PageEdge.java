package tg.sim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;

/// Serves the web chat's files from the module. Thread-safe.
final class PageEdge implements HttpHandler {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "json", "application/json",
          "webmanifest", "application/manifest+json");

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Reply reply = file(path.equals("/") ? "index.html" : path.substring(1));
      exchange.getResponseHeaders().set("Cache-Control", "no-cache");
      exchange.getResponseHeaders().set("Content-Security-Policy", "frame-ancestors 'none'");
      reply.send(exchange);
    }
  }

  /* Names are plain: no file outside of the folder can be named. */
  private static Reply file(String name) throws IOException {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String type = TYPES.get(extension);
    if (type == null || !name.matches("(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+")) {
      return Reply.error(ApiError.of(404, "Not Found"));
    }
    try (InputStream in = PageEdge.class.getResourceAsStream("web/" + name)) {
      return in == null
          ? Reply.error(ApiError.of(404, "Not Found"))
          : Reply.of(200, type, in.readAllBytes());
    }
  }
}
