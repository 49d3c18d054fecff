package tg.valkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A Valkey or Redis server of our own, on 127.0.0.1, with an append-only file. Thread-safe. It
/// outlives this JVM unless it is closed, or was told to die with it.
public final class ServerProcess implements AutoCloseable {
  private final ServerBinary binary;
  private final Daemon daemon;

  private ServerProcess(ServerBinary binary, Daemon daemon) {
    this.binary = binary;
    this.daemon = daemon;
  }

  /// Starts a server on a free port and waits until it answers.
  ///
  /// @param data its folder, made when missing; an append-only file in it is loaded
  /// @param options settings that differ from ours, as `--name`, `value`, …
  public static ServerProcess start(ServerBinary binary, Path data, String... options) {
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + data, e);
    }
    int port = Daemon.freePort();
    var command = new ArrayList<String>();
    command.add(binary.program().toString());
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""));
    // A replica is served at once, and one that is away does not hold up the end.
    command.addAll(List.of("--repl-diskless-sync-delay", "0", "--shutdown-timeout", "0"));
    command.addAll(List.of("--dir", data.toAbsolutePath().toString()));
    command.addAll(Arrays.asList(options));
    return new ServerProcess(binary, new Daemon(command, port, data.resolve("server.log")));
  }

  /// Starts a replica of this server, likewise. Returns before it has copied anything.
  ///
  /// @param data its folder
  /// @param options settings that differ from ours, as `--name`, `value`, …
  public ServerProcess startReplica(Path data, String... options) {
    var all = new ArrayList<>(List.of("--replicaof", "127.0.0.1 " + port()));
    all.addAll(Arrays.asList(options));
    return start(binary, data, all.toArray(String[]::new));
  }

  /// {@return where clients connect}
  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port());
  }

  /// Kills the server when this JVM ends; for tests, where nobody may be left to close it.
  ///
  /// @return this
  public ServerProcess dyingWithJvm() {
    daemon.dyingWithJvm();
    return this;
  }

  /// {@return the process id}
  public long pid() {
    return daemon.pid();
  }

  /// {@return the port}
  public int port() {
    return daemon.port();
  }

  /// {@return product and version}
  public String name() {
    return binary.name();
  }

  /// {@return whether the process runs}
  public boolean isAlive() {
    return ProcessHandle.of(pid()).map(ProcessHandle::isAlive).orElse(false);
  }

  /// Kills the process, as a power cut would, and waits for its end.
  public void kill() {
    daemon.kill();
  }

  /// Stops the process where it is (SIGSTOP), until {@link #resume}.
  public void pause() {
    daemon.pause();
  }

  /// Lets a paused process go on (SIGCONT).
  public void resume() {
    daemon.resume();
  }

  /// Starts a killed server again on its port and data, with the options of its first start, and
  /// waits until it answers.
  public void restart() {
    daemon.restart();
  }

  /// Ends the process in good order (SIGTERM), by force after ten seconds.
  @Override
  public void close() {
    daemon.end();
  }
}
