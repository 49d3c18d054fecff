package tg.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Valkey or Redis server of our own, on 127.0.0.1, with an append-only file. Thread-safe. It
/// dies with this JVM at the latest, unless the JVM is killed.
final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final ServerBinary binary;
  private final Path data;
  private final List<String> options;
  private final Thread atExit = new Thread(this::destroy, "stop server");
  private final int port;
  private Process process;

  private ServerProcess(ServerBinary binary, Path data, List<String> options) throws IOException {
    this.binary = binary;
    this.data = Files.createDirectories(data);
    this.options = List.copyOf(options);
    this.port = freePort();
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /// Starts a server on a free port and waits until it answers.
  ///
  /// @param data its folder, made when missing; an append-only file in it is loaded
  /// @param options settings that differ from ours, as `--name`, `value`, …
  static ServerProcess start(ServerBinary binary, Path data, String... options) {
    try {
      var server = new ServerProcess(binary, data, List.of(options));
      server.awaitAnswer();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + binary.program(), e);
    }
  }

  /// {@return where clients connect}
  URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  int port() {
    return port;
  }

  /// {@return product and version}
  String name() {
    return binary.name();
  }

  /// Kills the process, as a power cut would, and waits for its end.
  synchronized void kill() {
    destroy();
  }

  /// Stops the process where it is (SIGSTOP), until {@link #resume}.
  void pause() {
    Signals.send("STOP", process().pid());
  }

  /// Lets a paused process go on (SIGCONT).
  void resume() {
    Signals.send("CONT", process().pid());
  }

  /// Starts a killed server again on its port and data, and waits until it answers.
  void restart() {
    relaunch();
    awaitAnswer();
  }

  private synchronized void relaunch() {
    if (process.isAlive()) {
      throw new IllegalStateException("kill() the server before restart()");
    }
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot restart " + binary.program(), e);
    }
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private synchronized Process process() {
    return process;
  }

  private void destroy() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Process launch() throws IOException {
    var command = new ArrayList<String>();
    command.add(binary.program().toString());
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""));
    command.addAll(List.of("--dir", data.toAbsolutePath().toString()));
    command.addAll(options);
    var log = data.resolve("server.log").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers()) {
      if (!process().isAlive()) {
        throw new IllegalStateException(
            binary.program() + " ended at its start; see " + data.resolve("server.log"));
      }
      if (System.nanoTime() > deadline) {
        kill();
        throw new IllegalStateException(binary.program() + " did not answer within " + START_LIMIT);
      }
      pauseBriefly();
    }
  }

  private boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      return "+PONG".equals(reader.readLine());
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
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
