package tg.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// The way from one process to the server, which can be broken. Thread-safe.
final class Line implements AutoCloseable {
  private final int server;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger answersToLose = new AtomicInteger();
  private final AtomicInteger requestsToDrop = new AtomicInteger();
  private volatile int delayMillis;
  private volatile CountDownLatch open = new CountDownLatch(0);

  /// @param server the server's port
  Line(int server) {
    this.server = server;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen", e);
    }
    var _ = Thread.ofVirtual().name("line").start(this::accept);
  }

  URI uri() {
    return URI.create("redis://127.0.0.1:" + listener.getLocalPort());
  }

  /// Ends all connections, and does not pass on what it holds.
  void cut() {
    sockets.forEach(Line::end);
  }

  /// Loses so many of the next answers; each costs its connection. Not the first of a connection:
  /// that is part of its opening.
  void lose(int answers) {
    answersToLose.set(answers);
  }

  /// Loses so many of the next requests, likewise.
  void drop(int requests) {
    requestsToDrop.set(requests);
  }

  /// Holds up each piece for so long; zero for no longer.
  void delay(int millis) {
    delayMillis = millis;
  }

  /// Passes nothing on, and tells nobody.
  void halfOpen() {
    open = new CountDownLatch(1);
  }

  /// Ends what was half open; new connections pass again.
  void reopen() {
    cut();
    open.countDown();
  }

  /// Breaks nothing any more.
  void heal() {
    lose(0);
    drop(0);
    delay(0);
    if (open.getCount() > 0) {
      reopen();
    }
  }

  @Override
  public void close() {
    end(listener);
    heal();
    cut();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        var _ = Thread.ofVirtual().name("line").start(() -> connect(client));
      } catch (IOException e) {
        // Closed: there is nothing more to accept.
      }
    }
  }

  private void connect(Socket client) {
    try {
      var upstream = new Socket(InetAddress.getLoopbackAddress(), server);
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      sockets.add(client);
      sockets.add(upstream);
      var _ = Thread.ofVirtual().name("line").start(() -> pass(client, upstream, requestsToDrop));
      pass(upstream, client, answersToLose);
    } catch (IOException e) {
      // The server is away: the client sees its connection end.
      end(client);
    }
  }

  private void pass(Socket from, Socket to, AtomicInteger toLose) {
    var buffer = new byte[65_536];
    try (from;
        to) {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      int size;
      boolean greeted = false;
      do {
        size = in.read(buffer);
        open.await();
        if (size > 0) {
          if (greeted && toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return;
          }
          greeted = true;
          holdUp();
          out.write(buffer, 0, size);
        }
      } while (size >= 0);
    } catch (IOException e) {
      // One side has ended; closing both tells the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void holdUp() throws InterruptedException {
    int millis = delayMillis;
    if (millis > 0) {
      Thread.sleep(millis);
    }
  }

  private static void end(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
