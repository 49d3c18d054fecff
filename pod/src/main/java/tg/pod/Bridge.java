package tg.pod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/// Lets the pod reach a server on this machine's 127.0.0.1: listens where only containers can reach
/// it, on the gateway of their network, and passes bytes on. Thread-safe.
final class Bridge implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ServerSocket entry;
  private final InetSocketAddress target;

  private Bridge(ServerSocket entry, int port) {
    this.entry = entry;
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /// Opens the way. The gateway's address exists once the first container runs, so it is tried
  /// again.
  ///
  /// @param at where containers come in
  /// @param port of the server on 127.0.0.1
  static Bridge open(InetSocketAddress at, int port) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(at, 64);
        var bridge = new Bridge(socket, port);
        Thread.ofVirtual().start(bridge::accept);
        return bridge;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw new UncheckedIOException("cannot listen on " + at, e);
        }
        Thread.sleep(50);
      }
    }
  }

  private void accept() {
    while (!entry.isClosed()) {
      try {
        var client = entry.accept();
        Thread.ofVirtual().start(() -> join(client));
      } catch (IOException e) {
        // Closed.
        return;
      }
    }
  }

  private void join(Socket client) {
    try (client;
        var server = new Socket()) {
      server.connect(target);
      var back = Thread.ofVirtual().start(() -> pass(server, client));
      pass(client, server);
      back.join();
    } catch (IOException e) {
      // One of the two has gone, and so the other goes.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    entry.close();
  }
}
