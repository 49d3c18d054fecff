package tg.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

/// Watches a server (MONITOR) for the first time that somebody blocks for tasks. Thread-safe.
final class Claims implements AutoCloseable {
  private final Socket socket;
  private final AtomicBoolean seen = new AtomicBoolean();

  Claims(URI server) throws IOException {
    this.socket = new Socket(server.getHost(), server.getPort());
    socket.getOutputStream().write("MONITOR\r\n".getBytes(US_ASCII));
    var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    lines.readLine();
    Thread.ofPlatform().daemon().name("monitor").start(() -> watch(lines));
  }

  boolean seen() {
    return seen.get();
  }

  private void watch(BufferedReader lines) {
    try {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("\"BLPOP\"") && line.contains("tasks")) {
          seen.set(true);
          return;
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
