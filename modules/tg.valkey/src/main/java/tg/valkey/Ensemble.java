package tg.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// A primary, its replicas, and three Sentinels that watch them, all on 127.0.0.1. Thread-safe.
public final class Ensemble implements AutoCloseable {
  private static final String NAME = "main";
  private static final int SENTINELS = 3;
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final List<ServerProcess> servers;
  private final List<SentinelProcess> sentinels;

  private Ensemble(List<ServerProcess> servers, List<SentinelProcess> sentinels) {
    this.servers = List.copyOf(servers);
    this.sentinels = List.copyOf(sentinels);
  }

  /// Starts them, and waits until the replicas follow and the Sentinels know each other.
  ///
  /// @param data their folder
  /// @param replicas how many
  /// @param silence after how long without an answer a primary is held to be gone
  /// @param options of each server, as for {@link ServerProcess#start}
  public static Ensemble start(
      ServerBinary binary, Path data, int replicas, Duration silence, String... options) {
    var servers = new ArrayList<ServerProcess>();
    var primary = ServerProcess.start(binary, data.resolve("server-1"), options);
    servers.add(primary);
    for (int i = 2; i <= replicas + 1; i++) {
      servers.add(primary.startReplica(data.resolve("server-" + i), options));
    }
    await("the replicas follow", () -> followed(primary, replicas));
    var watch = new SentinelProcess.Watch(NAME, primary.port(), SENTINELS / 2 + 1, silence);
    var sentinels = new ArrayList<SentinelProcess>();
    for (int i = 1; i <= SENTINELS; i++) {
      sentinels.add(SentinelProcess.start(binary, data.resolve("sentinel-" + i), watch));
    }
    await(
        "the Sentinels know each other",
        () -> sentinels.stream().allMatch(each -> informed(each, replicas)));
    return new Ensemble(servers, sentinels);
  }

  /// {@return where clients connect: the three Sentinels, and the name they have for the server}
  public URI uri() {
    return sentinels.stream()
        .map(sentinel -> "127.0.0.1:" + sentinel.port())
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(",", "valkey+sentinel://", "/" + NAME), URI::create));
  }

  /// {@return all servers, that one first which was the primary at the start}
  public List<ServerProcess> servers() {
    return servers;
  }

  /// {@return all Sentinels}
  public List<SentinelProcess> sentinels() {
    return sentinels;
  }

  /// {@return the server that the first Sentinel takes for the primary}
  public ServerProcess primary() {
    var place = ask(sentinels.getFirst().port(), "SENTINEL GET-MASTER-ADDR-BY-NAME " + NAME);
    return servers.stream()
        .filter(server -> place.contains("\n" + server.port() + "\r"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no server of ours: " + place));
  }

  /// Waits until another server than the given one is the primary, and says so itself.
  ///
  /// @return that one
  public ServerProcess awaitFailover(ServerProcess from) {
    await(
        "another server is the primary",
        () -> {
          var now = primary();
          return now != from && ask(now.port(), "ROLE").contains("master");
        });
    return primary();
  }

  /// Makes a server follow the primary, as Sentinels do a little later by themselves.
  public void follow(ServerProcess server) {
    ask(server.port(), "REPLICAOF 127.0.0.1 " + primary().port());
    await(
        "it follows",
        () -> ask(server.port(), "INFO replication").contains("master_link_status:up"));
  }

  /// Kills all of them when this JVM ends.
  ///
  /// @return this
  public Ensemble dyingWithJvm() {
    servers.forEach(ServerProcess::dyingWithJvm);
    sentinels.forEach(SentinelProcess::dyingWithJvm);
    return this;
  }

  /// Ends them all.
  @Override
  public void close() {
    sentinels.forEach(SentinelProcess::close);
    servers.forEach(ServerProcess::close);
  }

  private static boolean followed(ServerProcess primary, int replicas) {
    var state = ask(primary.port(), "INFO replication");
    return state.split("state=online", -1).length - 1 == replicas;
  }

  private static boolean informed(SentinelProcess sentinel, int replicas) {
    var state = ask(sentinel.port(), "INFO sentinel");
    return state.contains("status=ok")
        && state.contains("slaves=" + replicas + ",sentinels=" + SENTINELS);
  }

  /// Sends one command and returns the answer as it is on the wire; empty when there is none.
  private static String ask(int port, String command) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("waited " + START_LIMIT + " in vain until " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting until " + what, e);
      }
    }
  }
}
