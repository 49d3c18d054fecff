package tg.chaos;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tg.valkey.Ensemble;
import tg.valkey.SentinelProcess;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// What holds the queues: one server; or a primary, a replica and three Sentinels. Thread-safe.
///
/// @param first the server, or the first primary
/// @param ensemble all of them, when there are several
record Servers(ServerProcess first, @Nullable Ensemble ensemble) implements AutoCloseable {
  private static final Duration SILENCE = Duration.ofSeconds(1);

  /// Starts them. What was acknowledged is on the disk: so each may be killed.
  static Servers start(Path folder, boolean failover) {
    var binary = ServerBinary.find(folder);
    var options = new String[] {"--appendfsync", "always"};
    if (!failover) {
      return new Servers(ServerProcess.start(binary, folder.resolve("server"), options), null);
    }
    var ensemble = Ensemble.start(binary, folder.resolve("server"), 1, SILENCE, options);
    return new Servers(ensemble.servers().getFirst(), ensemble);
  }

  /// {@return the several servers}
  Ensemble several() {
    if (ensemble == null) {
      throw new IllegalStateException("there is but one server");
    }
    return ensemble;
  }

  /// {@return where clients ask, past every proxy}
  URI uri() {
    return ensemble == null ? first.uri() : ensemble.uri();
  }

  /// {@return the server that takes writes now}
  ServerProcess primary() {
    return ensemble == null ? first : ensemble.primary();
  }

  /// {@return the ids of all processes}
  List<Long> pids() {
    if (ensemble == null) {
      return List.of(first.pid());
    }
    var pids = new ArrayList<Long>();
    ensemble.servers().stream().map(ServerProcess::pid).forEach(pids::add);
    ensemble.sentinels().stream().map(SentinelProcess::pid).forEach(pids::add);
    return pids;
  }

  @Override
  public void close() {
    if (ensemble == null) {
      first.close();
    } else {
      ensemble.close();
    }
  }
}
