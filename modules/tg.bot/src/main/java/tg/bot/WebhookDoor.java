package tg.bot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import tg.api.Update;
import tg.process.Counter;
import tg.process.Settings;

/// The HTTP server that Telegram brings updates to, through a proxy that speaks TLS. Each request
/// has a virtual thread; one that is slow costs only itself, and is cut off after 10 seconds.
/// Thread-safe.
final class WebhookDoor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tg.bot");
  private static final String SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";

  /// An update of Telegram's is at most 64 KiB.
  private static final int LARGEST = 1 << 20;

  private static final int DRAIN_SECONDS = 2;

  private final HttpServer server;
  private final byte[] secret;
  private final String path;
  private final Predicate<Update> admit;
  private final Counter requests =
      new Counter(
          "tg_webhook_requests_total", "Requests to the webhook by their HTTP status", "status");
  private final AtomicBoolean stranger = new AtomicBoolean();
  private volatile boolean closing;

  private WebhookDoor(HttpServer server, String secret, String path, Predicate<Update> admit) {
    this.server = server;
    this.secret = secret.getBytes(UTF_8);
    this.path = path;
    this.admit = admit;
  }

  /// Opens it.
  ///
  /// @param secret what Telegram says with every request
  /// @param admit whether an update is admitted; if not, Telegram brings it again
  /// @throws UncheckedIOException when the port is taken
  static WebhookDoor open(Settings.Webhook settings, String secret, Predicate<Update> admit) {
    // The server of the JDK reads them when its first instance is made; an operator may set others.
    var limits = System.getProperties();
    limits.putIfAbsent("sun.net.httpserver.maxReqTime", "10");
    limits.putIfAbsent("sun.net.httpserver.maxReqHeaders", "64");
    limits.putIfAbsent("jdk.httpserver.maxConnections", "1000");
    try {
      var server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
      var path = settings.url().getRawPath();
      var door = new WebhookDoor(server, secret, path.isEmpty() ? "/" : path, admit);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", door::handle);
      server.start();
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "TG_WEBHOOK_PORT=%d cannot be opened on %s: %s"
              .formatted(settings.port(), settings.host(), e.getMessage()),
          e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// {@return how many requests ended with which status}
  Counter requests() {
    return requests;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status;
      try {
        status = status(exchange);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a request to the webhook met a fault of ours", e);
        status = 500;
      }
      requests.count(Integer.toString(status));
      if (status != 200) {
        // What is left of the body is not read: the connection ends.
        exchange.getResponseHeaders().set("Connection", "close");
      }
      if (status == 405) {
        exchange.getResponseHeaders().set("Allow", "POST");
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private int status(HttpExchange exchange) throws IOException {
    if (!path.equals(exchange.getRequestURI().getRawPath())) {
      return 404;
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return 405;
    }
    var said = exchange.getRequestHeaders().getFirst(SECRET_HEADER);
    if (said == null || !MessageDigest.isEqual(said.getBytes(ISO_8859_1), secret)) {
      // Whoever finds the address can fill a log with this: the rest is in the metric.
      LOG.log(
          stranger.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG,
          "a request without our secret: it is not from Telegram");
      return 401;
    }
    if (closing) {
      return 503;
    }
    var body = exchange.getRequestBody().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      LOG.log(Level.WARNING, "a request of more than " + LARGEST + " bytes was refused");
      return 413;
    }
    return admit.test(Update.read(new String(body, UTF_8))) ? 200 : 503;
  }

  /// Refuses new requests, and waits for those under way.
  @Override
  public void close() {
    closing = true;
    server.stop(DRAIN_SECONDS);
  }
}
