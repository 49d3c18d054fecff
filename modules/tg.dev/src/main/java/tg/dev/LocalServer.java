package tg.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// The server of a one-machine run: the one that `TG_VALKEY` names, or one of our own. Confined to
/// one thread at a time.
final class LocalServer implements AutoCloseable {
  private final URI uri;
  private final String name;
  private final @Nullable ServerProcess own;
  private final @Nullable Path scratch;

  private LocalServer(URI uri, String name, @Nullable ServerProcess own, @Nullable Path scratch) {
    this.uri = uri;
    this.name = name;
    this.own = own;
    this.scratch = scratch;
  }

  /// Uses the server that is there already.
  static LocalServer existing(URI uri) {
    return new LocalServer(uri, "TG_VALKEY", null, null);
  }

  /// Starts a server whose data end with it.
  static LocalServer temporary() {
    try {
      var folder = Files.createTempDirectory("tg-demo");
      var programs = Path.of(System.getProperty("java.io.tmpdir"), "tg-server");
      var server = ServerProcess.start(ServerBinary.find(programs), folder);
      return new LocalServer(server.uri(), server.name(), server, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary folder", e);
    }
  }

  /// Starts a server on the data of a folder, with an append-only file; what it acknowledged is
  /// there again next time. A server left over from a run that was killed is ended first, because
  /// two must not write one file.
  static LocalServer persistent(Path folder) {
    try {
      Files.createDirectories(folder);
      endLeftOver(folder.resolve("server.pid"));
      var server =
          ServerProcess.start(ServerBinary.find(folder.resolve("bin")), folder, "--save", "3600 1");
      Files.writeString(folder.resolve("server.pid"), Long.toString(server.pid()));
      return new LocalServer(server.uri(), server.name(), server, null);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the folder " + folder + " (TG_DATA)", e);
    }
  }

  private static void endLeftOver(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return;
    }
    var left =
        ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
            .filter(process -> process.info().command().orElse("").matches(".*(redis|valkey).*"));
    if (left.isPresent()) {
      left.get().destroy();
      try {
        left.get().onExit().get(20, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IOException(
            "a server from an earlier run (pid " + left.get().pid() + ") does not end", e);
      }
    }
  }

  URI uri() {
    return uri;
  }

  /// {@return product and version, or where the address came from}
  String name() {
    return name;
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
    if (scratch != null) {
      try (Stream<Path> files = Files.walk(scratch)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + scratch, e);
      }
    }
  }
}
