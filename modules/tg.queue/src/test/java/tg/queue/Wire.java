package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plain connection to a server, for tests that look behind the queue or disturb it.
final class Wire implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;

  Wire(URI server) {
    try {
      socket = new Socket(server.getHost(), server.getPort() < 0 ? 6379 : server.getPort());
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + server, e);
    }
  }

  /// Sends one command and reads its reply: a `String`, a `Long`, a `List` or null.
  @Nullable Object call(String... words) {
    send(words);
    try {
      return reply();
    } catch (IOException e) {
      throw new UncheckedIOException("no reply to " + String.join(" ", words), e);
    }
  }

  /// Sends one command whose reply nobody waits for.
  void send(String... words) {
    try {
      var request = new StringBuilder("*" + words.length + "\r\n");
      for (var word : words) {
        request.append('$').append(word.getBytes(UTF_8).length).append("\r\n");
        request.append(word).append("\r\n");
      }
      socket.getOutputStream().write(request.toString().getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send " + String.join(" ", words), e);
    }
  }

  /// {@return the keys that match the pattern}
  List<String> keys(String pattern) {
    var keys = new ArrayList<String>();
    var cursor = "0";
    do {
      if (!(call("SCAN", cursor, "MATCH", pattern, "COUNT", "1000") instanceof List<?> page)) {
        throw new IllegalStateException("SCAN gave no page");
      }
      cursor = String.valueOf(page.getFirst());
      if (page.getLast() instanceof List<?> found) {
        found.forEach(key -> keys.add(String.valueOf(key)));
      }
    } while (!cursor.equals("0"));
    return keys;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable Object reply() throws IOException {
    var line = line();
    var rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case ':' -> Long.valueOf(rest);
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> {
        var items = new ArrayList<@Nullable Object>();
        for (int i = Integer.parseInt(rest); i > 0; i--) {
          items.add(reply());
        }
        yield items;
      }
      default -> throw new IllegalStateException("the server says: " + line);
    };
  }

  private @Nullable String bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    var bytes = in.readNBytes(length);
    in.skipNBytes(2);
    return new String(bytes, UTF_8);
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\r'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    in.skipNBytes(1);
    return line.toString();
  }
}
