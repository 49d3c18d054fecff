package tg.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between clients and a server, and loses answers: the server has done what it was asked,
/// and the client sees the connection break. Thread-safe.
final class CuttingProxy implements AutoCloseable {
  private final URI server;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger answersUntilCut = new AtomicInteger(Integer.MAX_VALUE);
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile int cutEvery = Integer.MAX_VALUE;

  CuttingProxy(URI server) {
    this.server = server;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(this::accept);
  }

  URI uri() {
    return URI.create("redis://127.0.0.1:" + listener.getLocalPort());
  }

  /// Loses the next answer, once.
  void cutNext() {
    cutAfter(1);
  }

  /// Loses that answer, counted from 1, once.
  void cutAfter(int answers) {
    cutEvery = Integer.MAX_VALUE;
    answersUntilCut.set(answers);
  }

  /// Loses one answer out of so many, from now on.
  void cutEvery(int answers) {
    cutEvery = answers;
    answersUntilCut.set(answers);
  }

  /// Loses no more answers.
  void heal() {
    cutEvery = Integer.MAX_VALUE;
    answersUntilCut.set(Integer.MAX_VALUE);
  }

  /// {@return how many answers were lost so far}
  int cuts() {
    return cuts.get();
  }

  @Override
  public void close() {
    quietly(listener);
    sockets.forEach(CuttingProxy::quietly);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        var upstream = new Socket(server.getHost(), server.getPort());
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(upstream);
        Thread.ofPlatform().daemon().start(() -> forward(client, upstream, false));
        Thread.ofPlatform().daemon().start(() -> forward(upstream, client, true));
      } catch (IOException e) {
        // The listener was closed, or the server is away: the client sees its connection end.
      }
    }
  }

  private void forward(Socket from, Socket to, boolean answers) {
    var buffer = new byte[65_536];
    try (from;
        to) {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (answers && answersUntilCut.decrementAndGet() == 0) {
          answersUntilCut.set(cutEvery);
          cuts.incrementAndGet();
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One side ended; closing both tells the other.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void quietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
