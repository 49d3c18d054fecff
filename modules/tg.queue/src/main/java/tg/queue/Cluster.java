package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tg.queue.internal.valkey.Protocol;
import tg.queue.internal.valkey.exceptions.JedisConnectionException;
import tg.queue.internal.valkey.exceptions.JedisDataException;
import tg.queue.internal.valkey.exceptions.JedisException;

/// The nodes of a cluster, and which of them has which slots. Some node is asked for the map
/// whenever a connection is made, and a node that says `MOVED` is believed. Thread-safe.
///
/// `ASK` is not followed: a script computes its keys, and while a slot is on its way one half of
/// them may be here and the other there. Links wait until the slot has arrived.
final class Cluster implements Whereabouts {
  private static final int CONNECT_MILLIS = 1_000;

  /// Many links lose their connections at the same time; one look is enough for all.
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final List<ServerAddress> seeds;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, ServerAddress> moved = new HashMap<>();
  private final LinkedHashSet<ServerAddress> nodes;
  private List<Range> ranges = List.of();
  private long lookedNanos;

  /// Slots that one node has.
  private record Range(long from, long to, ServerAddress node) {}

  /// One slot, wherever it is.
  private record Slot(Cluster cluster, int number) implements Whereabouts {
    @Override
    public ServerAddress now() {
      return cluster.owner(number);
    }

    @Override
    public void refused(ServerAddress by, JedisDataException reply) {
      cluster.moved(number, by, reply);
    }

    @Override
    public String toString() {
      return cluster + ", slot " + number;
    }
  }

  /// @param seeds nodes to ask first; not all need to be alive, or to be named
  Cluster(List<ServerAddress> seeds) {
    this.seeds = List.copyOf(seeds);
    this.nodes = new LinkedHashSet<>(seeds);
  }

  @Override
  public Whereabouts slot(int number) {
    return new Slot(this, number);
  }

  /// Any node; what has keys is a {@link #slot}.
  @Override
  public ServerAddress now() {
    return seeds.getFirst();
  }

  private ServerAddress owner(int slot) {
    lock.lock();
    try {
      // Believed once: should that node be gone, the others know better by then.
      var told = moved.remove(slot);
      if (told != null) {
        return told;
      }
      if (ranges.isEmpty() || System.nanoTime() - lookedNanos > FRESH_NANOS) {
        look();
      }
      return ranges.stream()
          .filter(range -> range.from <= slot && slot <= range.to)
          .map(Range::node)
          .findFirst()
          .orElseThrow(() -> new JedisConnectionException("no node has slot " + slot));
    } finally {
      lock.unlock();
    }
  }

  private void moved(int slot, ServerAddress by, JedisDataException reply) {
    var words = String.valueOf(reply.getMessage()).split(" ", -1);
    lock.lock();
    try {
      lookedNanos = System.nanoTime() - 2 * FRESH_NANOS;
      int colon = words.length == 3 ? words[2].lastIndexOf(':') : -1;
      if (words[0].equals("MOVED") && colon >= 0) {
        var host = words[2].substring(0, colon);
        int port = Integer.parseInt(words[2].substring(colon + 1));
        moved.put(slot, by.at(host.isEmpty() ? by.host() : host, port));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Asks one node after the other; one that answers is asked first the next time, one that does
  /// not last.
  private void look() {
    var answers = new ArrayList<String>();
    for (var node : List.copyOf(nodes)) {
      try {
        ranges = asked(node);
        lookedNanos = System.nanoTime();
        ranges.forEach(range -> nodes.add(range.node));
        return;
      } catch (JedisException e) {
        nodes.remove(node);
        nodes.add(node);
        answers.add(node.authority() + ": " + e.getMessage());
      }
    }
    throw new JedisConnectionException(
        "no node of the cluster answers (" + String.join("; ", answers) + ")");
  }

  private static List<Range> asked(ServerAddress node) {
    try (var connection = new Wiring("tg.queue-asks", CONNECT_MILLIS).open(node)) {
      connection.sendCommand(Protocol.Command.CLUSTER, "SLOTS".getBytes(UTF_8));
      var found = new ArrayList<Range>();
      for (var entry : (List<?>) connection.getOne()) {
        var range = (List<?>) entry;
        var primary = (List<?>) range.get(2);
        var host = word(primary.get(0));
        long port = (Long) primary.get(1);
        var address = node.at(host.isEmpty() ? node.host() : host, (int) port);
        found.add(new Range((Long) range.get(0), (Long) range.get(1), address));
      }
      return List.copyOf(found);
    }
  }

  private static String word(@Nullable Object bytes) {
    return bytes == null ? "" : new String((byte[]) bytes, ISO_8859_1);
  }

  @Override
  public String toString() {
    return (seeds.getFirst().tls() == null ? "valkey" : "valkeys")
        + seeds.stream()
            .map(ServerAddress::authority)
            .collect(Collectors.joining(",", "+cluster://", ""));
  }
}
