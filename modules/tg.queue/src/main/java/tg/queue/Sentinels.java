package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import tg.queue.internal.valkey.Connection;
import tg.queue.internal.valkey.Protocol;
import tg.queue.internal.valkey.exceptions.JedisConnectionException;
import tg.queue.internal.valkey.exceptions.JedisDataException;
import tg.queue.internal.valkey.exceptions.JedisException;

/// A server that is wherever its Sentinels say. They are asked for each connection, one after the
/// other until one knows; and what they name must call itself a primary. Thread-safe.
final class Sentinels implements Whereabouts {
  private static final int CONNECT_MILLIS = 500;

  private final List<ServerAddress> sentinels;
  private final String name;
  private final ServerAddress server;
  private final String text;

  /// @param sentinels where to ask
  /// @param name the name that they have for the server
  /// @param server how to log in there; its host does not matter
  Sentinels(List<ServerAddress> sentinels, String name, ServerAddress server) {
    this.sentinels = new CopyOnWriteArrayList<>(sentinels);
    this.name = name;
    this.server = server;
    this.text =
        (server.tls() == null ? "valkey" : "valkeys")
            + sentinels.stream()
                .map(ServerAddress::authority)
                .collect(Collectors.joining(",", "+sentinel://", "/" + name + "/"))
            + server.database();
  }

  @Override
  public ServerAddress now() {
    var answers = new ArrayList<String>();
    for (var sentinel : sentinels) {
      try {
        return asked(sentinel);
      } catch (JedisException e) {
        answers.add(sentinel.authority() + ": " + e.getMessage());
      }
    }
    throw new JedisConnectionException(
        "no Sentinel knows where " + name + " is (" + String.join("; ", answers) + ")");
  }

  private ServerAddress asked(ServerAddress sentinel) {
    var wiring = new Wiring("tg.queue-asks", CONNECT_MILLIS);
    try (var connection = wiring.open(sentinel)) {
      connection.sendCommand(
          Protocol.Command.SENTINEL,
          "GET-MASTER-ADDR-BY-NAME".getBytes(UTF_8),
          name.getBytes(UTF_8));
      if (connection.getOne() instanceof List<?> place) {
        return server.at(word(place.get(0)), Integer.parseInt(word(place.get(1))));
      }
      throw new JedisConnectionException("it does not know " + name);
    }
  }

  /// A Sentinel that was cut off may not have heard yet; then the next one is asked first.
  @Override
  public void inspect(Connection fresh) {
    fresh.sendCommand(Protocol.Command.ROLE);
    var role = word(((List<?>) fresh.getOne()).getFirst());
    if (!role.equals("master")) {
      doubt();
      throw new JedisConnectionException(
          "what the Sentinels name is a " + role + ", not the primary");
    }
  }

  @Override
  public void refused(ServerAddress by, JedisDataException reply) {
    doubt();
  }

  private void doubt() {
    Collections.rotate(sentinels, -1);
  }

  private static String word(Object bytes) {
    return new String((byte[]) bytes, ISO_8859_1);
  }

  @Override
  public String toString() {
    return text;
  }
}
