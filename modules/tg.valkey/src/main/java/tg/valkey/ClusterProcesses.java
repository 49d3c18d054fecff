package tg.valkey;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// A cluster of real servers on 127.0.0.1 that share the slots evenly. Thread-safe.
public final class ClusterProcesses implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SLOTS = 16_384;

  /// After so long without an answer a node is held to be gone.
  private static final int SILENCE_MILLIS = 3_000;

  private final List<ServerProcess> nodes;

  private ClusterProcesses(List<ServerProcess> nodes) {
    this.nodes = nodes;
  }

  /// Starts the nodes, gives them their slots and waits until all agree.
  ///
  /// @param data their folder
  /// @param count how many, each a primary
  public static ClusterProcesses start(ServerBinary binary, Path data, int count) {
    var nodes = new ArrayList<ServerProcess>();
    var cluster = new ClusterProcesses(nodes);
    try {
      for (int i = 0; i < count; i++) {
        var node = startNode(binary, data.resolve("node-" + i));
        nodes.add(node);
        var from = Integer.toString(SLOTS * i / count);
        var to = Integer.toString(SLOTS * (i + 1) / count - 1);
        Dialog.ask(node.port(), "CLUSTER", "ADDSLOTSRANGE", from, to);
        Dialog.ask(node.port(), "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      }
      nodes.stream().skip(1).forEach(node -> meet(nodes.getFirst(), node));
      await("all agree", () -> nodes.stream().allMatch(node -> serves(node, count)));
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static ServerProcess startNode(ServerBinary binary, Path data) {
    // The usual bus port is the port plus 10,000, which may be too much or taken.
    var bus = Integer.toString(Daemon.freePort());
    var silence = Integer.toString(SILENCE_MILLIS);
    return ServerProcess.start(
            binary,
            data,
            "--cluster-enabled",
            "yes",
            "--cluster-port",
            bus,
            "--cluster-node-timeout",
            silence,
            // A replica may take over however long it was cut off.
            "--cluster-replica-validity-factor",
            "0")
        .dyingWithJvm();
  }

  private static void meet(ServerProcess one, ServerProcess other) {
    var bus = Dialog.ask(other.port(), "CONFIG", "GET", "cluster-port").getLast();
    Dialog.ask(one.port(), "CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port()), bus);
  }

  private static boolean serves(ServerProcess node, int primaries) {
    var info = Dialog.ask(node.port(), "CLUSTER", "INFO").getFirst();
    return info.contains("cluster_state:ok") && info.contains("cluster_size:" + primaries);
  }

  /// Starts a replica of a node and waits until it has everything and the others know it.
  ///
  /// @param data its folder
  public ServerProcess addReplica(ServerBinary binary, Path data, ServerProcess of) {
    var replica = startNode(binary, data);
    meet(of, replica);
    await("it knows its primary", () -> knows(replica, of));
    Dialog.ask(replica.port(), "CLUSTER", "REPLICATE", id(of));
    await("it follows", () -> Dialog.ask(replica.port(), "ROLE").contains("connected"));
    await("all know it", () -> nodes.stream().allMatch(node -> knows(node, replica)));
    // A node that is killed before it knows that the two are one shard cannot read its own file any
    // more: "corrupted cluster config file" (seen with Valkey 8.0.1).
    await("all know its shard", () -> nodes.stream().allMatch(node -> oneShard(node, of, replica)));
    nodes.forEach(node -> Dialog.ask(node.port(), "CLUSTER", "SAVECONFIG"));
    nodes.add(replica);
    return replica;
  }

  private static boolean oneShard(ServerProcess node, ServerProcess one, ServerProcess other) {
    var both = List.of(id(one), id(other));
    var shard = new HashSet<String>();
    for (var word : Dialog.ask(node.port(), "CLUSTER", "SHARDS")) {
      if (word.equals("slots")) {
        shard.clear();
      }
      shard.add(word);
      if (shard.containsAll(both)) {
        return true;
      }
    }
    return false;
  }

  private static boolean knows(ServerProcess node, ServerProcess other) {
    return Dialog.ask(node.port(), "CLUSTER", "NODES").getFirst().contains(id(other));
  }

  /// {@return where clients connect}
  public URI uri() {
    return nodes.stream()
        .map(node -> "127.0.0.1:" + node.port())
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(",", "valkey+cluster://", ""), URI::create));
  }

  /// {@return its nodes; a copy}
  public List<ServerProcess> nodes() {
    return List.copyOf(nodes);
  }

  /// {@return the node that says it has the slot}
  public ServerProcess owner(int slot) {
    return nodes.stream()
        .filter(ServerProcess::isAlive)
        .filter(node -> hasSlot(node, slot))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nobody has slot " + slot));
  }

  private static boolean hasSlot(ServerProcess node, int slot) {
    var myself =
        Dialog.ask(node.port(), "CLUSTER", "NODES")
            .getFirst()
            .lines()
            .filter(line -> line.contains("myself") && line.contains("master"))
            .findFirst();
    return myself.stream()
        .flatMap(line -> Arrays.stream(line.split(" ", -1)).skip(8))
        .filter(range -> !range.startsWith("["))
        .map(range -> range.split("-", -1))
        .anyMatch(ends ->
            Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]));
  }

  /// Moves a slot with all its keys to another node, while clients use it.
  ///
  /// @return how many keys were moved
  public int move(int slot, ServerProcess to) {
    var from = owner(slot);
    var number = Integer.toString(slot);
    Dialog.ask(to.port(), "CLUSTER", "SETSLOT", number, "IMPORTING", id(from));
    Dialog.ask(from.port(), "CLUSTER", "SETSLOT", number, "MIGRATING", id(to));
    int moved = 0;
    try (var source = new Dialog(from.port())) {
      var keys = source.ask("CLUSTER", "GETKEYSINSLOT", number, "50");
      while (!keys.isEmpty()) {
        var words = new ArrayList<String>();
        words.addAll(List.of("MIGRATE", "127.0.0.1", Integer.toString(to.port()), "", "0"));
        words.addAll(List.of("5000", "KEYS"));
        words.addAll(keys);
        source.ask(words.toArray(String[]::new));
        moved += keys.size();
        keys = source.ask("CLUSTER", "GETKEYSINSLOT", number, "50");
      }
    }
    Dialog.ask(to.port(), "CLUSTER", "SETSLOT", number, "NODE", id(to));
    Dialog.ask(from.port(), "CLUSTER", "SETSLOT", number, "NODE", id(to));
    return moved;
  }

  private static String id(ServerProcess node) {
    return Dialog.ask(node.port(), "CLUSTER", "MYID").getFirst();
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("waited " + LIMIT + " in vain until " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting until " + what, e);
      }
    }
  }

  @Override
  public void close() {
    nodes.forEach(ServerProcess::kill);
  }
}
