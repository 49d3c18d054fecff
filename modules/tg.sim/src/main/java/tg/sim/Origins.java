package tg.sim;

import com.eclipsesource.json.JsonObject;
import com.sun.net.httpserver.HttpExchange;

/// Keeps the pages of other sites, which a browser on this machine may show, away from the control
/// API.
final class Origins {
  private Origins() {}

  /// {@return whether a page of another origin asks}
  static boolean foreign(HttpExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    String host = exchange.getRequestHeaders().getFirst("Host");
    boolean local =
        host != null && host.matches("(?:localhost|127\\.[0-9.]+|\\[::1\\])(?::[0-9]+)?");
    return !local || (origin != null && !origin.equals("http://" + host));
  }

  static JsonObject refusal() {
    return new JsonObject()
        .add(
            "error",
            "Only the simulator's own page and local programs may use /sim/; open it by its own address");
  }
}
