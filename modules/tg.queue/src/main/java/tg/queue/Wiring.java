package tg.queue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import tg.queue.internal.valkey.JedisSocketFactory;
import tg.queue.internal.valkey.exceptions.JedisConnectionException;

/// Makes the sockets of one link, and can cut the latest from another thread. Thread-safe.
final class Wiring {
  private static final int CONNECT_MILLIS = 2_000;

  private volatile @Nullable Socket latest;

  /// {@return what makes a socket to that address}
  JedisSocketFactory to(ServerAddress address) {
    return () -> connect(address);
  }

  @SuppressWarnings("AddressSelection") // The first address is the resolver's choice.
  private Socket connect(ServerAddress address) {
    var socket = new Socket();
    latest = socket;
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
      if (address.tls()) {
        socket = encrypted(socket, address);
        latest = socket;
      }
      socket.setSoTimeout(CONNECT_MILLIS);
      return socket;
    } catch (IOException e) {
      cut();
      throw new JedisConnectionException("cannot connect to " + address + ": " + e.getMessage(), e);
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

  private static Socket encrypted(Socket plain, ServerAddress address) throws IOException {
    var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    var socket = (SSLSocket) factory.createSocket(plain, address.host(), address.port(), true);
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
