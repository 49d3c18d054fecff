package tg.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// An HTTP server that misbehaves to order: each request is read whole and noted, and then its
/// answer has the bare socket.
final class StubServer implements AutoCloseable {
  private final ServerSocket listening;
  private final Answer answer;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<IOException> broken = new CopyOnWriteArrayList<>();
  final CountDownLatch first = new CountDownLatch(1);

  interface Answer {
    /// {@return whether the connection is kept}
    boolean give(Received request, Socket socket) throws IOException;
  }

  /// A request as it came; its body byte for byte, each as a character.
  record Received(String line, Map<String, String> headers, String body) {
    String method() {
      var path = line.split(" ", 3)[1];
      return path.substring(path.lastIndexOf('/') + 1);
    }

    Map<String, String> form() {
      var form = new LinkedHashMap<String, String>();
      for (var pair : body.split("&", -1)) {
        var parts = pair.split("=", 2);
        if (parts.length == 2) {
          form.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
        }
      }
      return form;
    }
  }

  StubServer(Answer answer) {
    this.answer = answer;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  static StubServer replying(int status, String body) {
    return new StubServer((_, socket) -> reply(socket, status, "", body));
  }

  static StubServer ok(String result) {
    return replying(200, "{\"ok\":true,\"result\":" + result + "}");
  }

  static boolean reply(Socket socket, int status, String headers, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    var head =
        "HTTP/1.1 %d X\r\n%sContent-Length: %d\r\n\r\n".formatted(status, headers, bytes.length);
    socket.getOutputStream().write(head.getBytes(UTF_8));
    socket.getOutputStream().write(bytes);
    return true;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  List<Received> received() {
    return received;
  }

  Received only() {
    if (received.size() != 1) {
      throw new AssertionError("expected one request, not " + received);
    }
    return received.getFirst();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        var socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        broken.add(e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      for (var request = read(in); request != null; request = read(in)) {
        received.add(request);
        first.countDown();
        if (!answer.give(request, socket)) {
          return;
        }
      }
    } catch (IOException e) {
      broken.add(e);
    } finally {
      open.remove(socket);
    }
  }

  private static @Nullable Received read(InputStream in) throws IOException {
    var line = line(in);
    if (line.isEmpty()) {
      return null;
    }
    var headers = new LinkedHashMap<String, String>();
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      var parts = header.split(": ", 2);
      if (parts.length < 2) {
        throw new IOException("not HTTP"); // a TLS handshake, for example
      }
      headers.put(parts[0], parts[1]);
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    return new Received(line, headers, new String(in.readNBytes(length), ISO_8859_1));
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(UTF_8).strip();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (var socket : open) {
      socket.close();
    }
  }
}
