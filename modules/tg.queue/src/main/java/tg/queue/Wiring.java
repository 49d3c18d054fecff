package tg.queue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import tg.queue.internal.valkey.ClientCapaConfig;
import tg.queue.internal.valkey.ClientSetInfoConfig;
import tg.queue.internal.valkey.Connection;
import tg.queue.internal.valkey.DefaultJedisClientConfig;
import tg.queue.internal.valkey.JedisClientConfig;
import tg.queue.internal.valkey.RedisProtocol;
import tg.queue.internal.valkey.exceptions.JedisConnectionException;

/// Makes connections, one after the other, and can cut the latest from another thread. Thread-safe.
final class Wiring {
  private final String name;
  private final int connectMillis;
  private volatile @Nullable Socket latest;

  /// @param name what the server calls its client
  /// @param connectMillis how long connecting may take
  Wiring(String name, int connectMillis) {
    this.name = name;
    this.connectMillis = connectMillis;
  }

  /// Connects and logs in.
  ///
  /// @throws JedisConnectionException when there is nobody, or nobody to trust
  /// @throws tg.queue.internal.valkey.exceptions.JedisDataException when the server refuses us
  Connection open(ServerAddress there) {
    try {
      return new Connection(() -> connect(there), config(there));
    } catch (JedisConnectionException e) {
      if (there.tls() == null || Tls.distrust(e)) {
        throw e;
      }
      // Its last words may be lost with the connection.
      throw new JedisConnectionException(
          e.getMessage() + "; if it ended the connection: does it know ours, cert and key?", e);
    }
  }

  /// Closes the socket, whoever uses it.
  void cut() {
    var socket = latest;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone either way.
        latest = null;
      }
    }
  }

  @SuppressWarnings("AddressSelection") // The first address is the resolver's choice.
  private Socket connect(ServerAddress there) {
    var socket = new Socket();
    latest = socket;
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(new InetSocketAddress(there.host(), there.port()), connectMillis);
      socket.setSoTimeout(connectMillis);
      var tls = there.tls();
      if (tls != null) {
        socket = tls.over(socket, there);
        latest = socket;
      }
      return socket;
    } catch (IOException e) {
      cut();
      throw new JedisConnectionException("cannot connect to " + there + ": " + e.getMessage(), e);
    }
  }

  private JedisClientConfig config(ServerAddress there) {
    var builder =
        DefaultJedisClientConfig.builder()
            .protocol(RedisProtocol.RESP2)
            .database(there.database())
            .clientName(name)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .clientCapaConfig(ClientCapaConfig.DISABLED);
    var login = there.login();
    if (login != null) {
      builder.password(login.password());
      var user = login.user();
      if (user != null) {
        builder.user(user);
      }
    }
    return builder.build();
  }
}
