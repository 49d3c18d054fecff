package tg.valkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A Sentinel of our own, on 127.0.0.1: several of them watch a primary, and put one of its
/// replicas in its place when most of them agree that it is gone. Thread-safe. It outlives this JVM
/// unless it is closed, or was told to die with it.
public final class SentinelProcess implements AutoCloseable {
  private final Daemon daemon;

  private SentinelProcess(Daemon daemon) {
    this.daemon = daemon;
  }

  /// What a Sentinel watches.
  ///
  /// @param name what clients call it
  /// @param port of the primary, on this machine
  /// @param quorum how many Sentinels must agree that it is gone
  /// @param silence after how long without an answer it is held to be gone
  public record Watch(String name, int port, int quorum, Duration silence) {}

  /// Starts a Sentinel on a free port and waits until it answers.
  ///
  /// @param data its folder, made when missing
  /// @param settings further lines of its configuration, for example `requirepass secret`
  public static SentinelProcess start(
      ServerBinary binary, Path data, Watch watch, String... settings) {
    int port = Daemon.freePort();
    var file = data.resolve("sentinel.conf");
    long silence = watch.silence.toMillis();
    var text =
        """
        bind 127.0.0.1
        port %d
        dir "%s"
        sentinel monitor %s 127.0.0.1 %d %d
        sentinel down-after-milliseconds %3$s %d
        sentinel failover-timeout %3$s %d
        %s
        """
            .formatted(
                port,
                data.toAbsolutePath(),
                watch.name,
                watch.port,
                watch.quorum,
                silence,
                4 * silence,
                String.join("\n", settings));
    try {
      Files.createDirectories(data);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    var command = List.of(binary.program().toString(), file.toString(), "--sentinel");
    return new SentinelProcess(new Daemon(command, port, data.resolve("sentinel.log")));
  }

  /// {@return where clients connect}
  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port());
  }

  /// Kills the Sentinel when this JVM ends.
  ///
  /// @return this
  public SentinelProcess dyingWithJvm() {
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

  /// Kills the process.
  @Override
  public void close() {
    daemon.kill();
  }
}
