package tg.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers `GET /healthz`, `/readyz` and `/metrics` on 127.0.0.1, one request at a time, from a
/// platform thread that no job can starve. Thread-safe.
///
/// It is this small because the JDK's own server costs 8 MiB and 200 ms (docs/decisions.md).
final class HealthServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tg.process");
  private static final int REQUEST_MILLIS = 2_000;
  private static final int LONGEST_REQUEST = 8_192;
  private static final int NUMBERS_VERSION = 4;

  private final @Nullable ServerSocket socket;
  private volatile @Nullable Vitals vitals;
  private volatile boolean draining;

  private record Reply(int status, String type, String body) {
    static Reply plain(int status, String body) {
      return new Reply(status, "text/plain; charset=utf-8", body);
    }

    /// All is well, or what is not.
    static Reply judged(List<String> problems) {
      return problems.isEmpty()
          ? plain(200, "ok\n")
          : plain(503, String.join("\n", problems) + "\n");
    }
  }

  private HealthServer(@Nullable ServerSocket socket) {
    this.socket = socket;
  }

  /// Starts to answer: alive, and not ready before there is something to {@link #watch}.
  ///
  /// @param port 0 for nowhere
  /// @throws UncheckedIOException when the port is taken
  static HealthServer start(int port) {
    if (port == 0) {
      return new HealthServer(null);
    }
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      var server = new HealthServer(socket);
      var _ = Thread.ofPlatform().daemon().name("health").start(() -> server.serve(socket));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "TG_HEALTH_PORT=" + port + " cannot be opened on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  /// From now on it speaks of this.
  void watch(Vitals running) {
    vitals = running;
  }

  /// From now on the process is alive and not ready.
  void drain() {
    draining = true;
  }

  private void serve(ServerSocket socket) {
    while (!socket.isClosed()) {
      try (var client = socket.accept()) {
        client.setSoTimeout(REQUEST_MILLIS);
        write(client, answer(requestLine(client)));
      } catch (IOException e) {
        // The client is gone, or we are.
        LOG.log(Level.TRACE, "a health request was not answered", e);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a health request met a fault of ours", e);
      }
    }
  }

  /// Reads to the end of the head, so that closing does not cut the reply short.
  private static String requestLine(Socket client) throws IOException {
    var head = new StringBuilder();
    var in = client.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0 && head.length() < LONGEST_REQUEST) {
      var bytes = new byte[1_024];
      int count = in.read(bytes);
      if (count < 0) {
        break;
      }
      head.append(new String(bytes, 0, count, ISO_8859_1));
    }
    return head.toString().lines().findFirst().orElse("");
  }

  private Reply answer(String line) {
    var words = line.split(" ", -1);
    if (words.length < 2 || !words[0].equals("GET")) {
      return Reply.plain(405, "only GET\n");
    }
    return switch (words[1]) {
      case "/healthz" -> Reply.judged(faults());
      case "/readyz" -> Reply.judged(obstacles());
      case "/metrics" -> metrics();
      default -> Reply.plain(404, "there are /healthz, /readyz and /metrics\n");
    };
  }

  private List<String> faults() {
    var watched = vitals;
    return watched == null || draining ? List.of() : watched.faults();
  }

  private List<String> obstacles() {
    var watched = vitals;
    if (watched == null) {
      return List.of("starting");
    }
    return draining ? List.of("draining") : watched.obstacles();
  }

  private Reply metrics() {
    var out = new Exposition();
    var watched = vitals;
    if (watched != null) {
      watched.measure(out);
    }
    ProcessFigures.measure(out.program(""));
    return new Reply(
        200, "text/plain; version=0.0." + NUMBERS_VERSION + "; charset=utf-8", out.toString());
  }

  private static void write(Socket client, Reply reply) throws IOException {
    var body = reply.body.getBytes(UTF_8);
    var head =
        "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(reply.status, reply.status == 200 ? "OK" : "No", reply.type, body.length)
            .getBytes(ISO_8859_1);
    var out = client.getOutputStream();
    out.write(head);
    out.write(body);
    out.flush();
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
