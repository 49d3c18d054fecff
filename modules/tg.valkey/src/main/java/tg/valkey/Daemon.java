package tg.valkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// A process that answers at a port, can be killed, and can be started again with the same words.
/// Thread-safe.
final class Daemon {
  // Below the range from which systems take ports for connections, and so is a cluster's bus, which
  // is 10,000 higher.
  private static final int LOWEST_PORT = 12_000;
  private static final int HIGHEST_PORT = 22_000;
  private static final int MOST_ATTEMPTS = 100;
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final int END_SECONDS = 10;

  private final List<String> command;
  private final int port;
  private final Path log;
  private Process process;

  /// Starts it and waits until it answers.
  ///
  /// @param command the program and its arguments
  /// @param log where its output goes
  Daemon(List<String> command, int port, Path log) {
    this.command = inItsOwnSession(command);
    this.port = port;
    this.log = log;
    this.process = launch();
    awaitAnswer();
  }

  /// A port for a server that may be killed and started again on it. Not one that the system would
  /// give: between the two it could give it to somebody else's connection.
  static int freePort() {
    for (int attempt = 1; true; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw new UncheckedIOException("there is no free port", e);
        }
      }
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process().pid();
  }

  void dyingWithJvm() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "stop server"));
  }

  synchronized void kill() {
    process.destroyForcibly();
    awaitEnd(process);
  }

  void pause() {
    Signals.send("STOP", pid());
  }

  void resume() {
    Signals.send("CONT", pid());
  }

  void restart() {
    relaunch();
    awaitAnswer();
  }

  private synchronized void relaunch() {
    if (process.isAlive()) {
      throw new IllegalStateException("kill() the server before restart()");
    }
    process = launch();
  }

  /// In good order, by force after ten seconds.
  void end() {
    process().destroy();
    awaitEnd(process());
    kill();
  }

  private static void awaitEnd(Process process) {
    try {
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Process process() {
    return process;
  }

  /// So Ctrl-C reaches us and not the server, which must outlive our drain.
  private static List<String> inItsOwnSession(List<String> command) {
    var words = new ArrayList<String>();
    ServerBinary.onPath("setsid").ifPresent(setsid -> words.add(setsid.toString()));
    words.addAll(command);
    return List.copyOf(words);
  }

  private Process launch() {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + String.join(" ", command), e);
    }
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers()) {
      if (!process().isAlive()) {
        throw new IllegalStateException("the server ended at its start; see " + log);
      }
      if (System.nanoTime() > deadline) {
        kill();
        throw new IllegalStateException("the server did not answer within " + START_LIMIT);
      }
      pauseBriefly();
    }
  }

  /// Whether it is there for its clients; one that asks for a password is.
  private boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      var line = reader.readLine();
      return line != null && (line.equals("+PONG") || line.startsWith("-NOAUTH"));
    } catch (IOException e) {
      return false;
    }
  }

  private static void pauseBriefly() {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a server", e);
    }
  }
}
