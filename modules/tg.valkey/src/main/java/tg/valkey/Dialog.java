package tg.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// A plain connection to a server on this machine, for what its clients do not offer: to set it up,
/// to disturb it, to look at it. Confined to one thread at a time.
public final class Dialog implements AutoCloseable {
  private static final int ANSWER_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;

  /// Connects.
  ///
  /// @throws UncheckedIOException when nobody answers at the port
  public Dialog(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(ANSWER_MILLIS);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to port " + port, e);
    }
  }

  /// Asks one question over a connection of its own.
  static List<String> ask(int port, String... words) {
    try (var dialog = new Dialog(port)) {
      return dialog.ask(words);
    }
  }

  /// Sends a command.
  ///
  /// @return the words of the reply: one if it is no list, all of a list in lists, none for nothing
  /// @throws IllegalStateException when it is an error
  /// @throws UncheckedIOException when none comes within ten seconds
  public List<String> ask(String... words) {
    try {
      var request = new StringBuilder("*" + words.length + "\r\n");
      for (var word : words) {
        request.append('$').append(word.getBytes(UTF_8).length).append("\r\n");
        request.append(word).append("\r\n");
      }
      socket.getOutputStream().write(request.toString().getBytes(UTF_8));
      var reply = new ArrayList<String>();
      read(reply);
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException("no reply to " + String.join(" ", words), e);
    }
  }

  private void read(List<String> into) throws IOException {
    var line = line();
    var rest = line.substring(1);
    switch (line.charAt(0)) {
      case '+', ':' -> into.add(rest);
      case '$' -> {
        int length = Integer.parseInt(rest);
        if (length >= 0) {
          into.add(new String(in.readNBytes(length), UTF_8));
          in.skipNBytes(2);
        }
      }
      case '*' -> {
        for (int i = Integer.parseInt(rest); i > 0; i--) {
          read(into);
        }
      }
      default -> throw new IllegalStateException("the server says: " + line);
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\r'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    in.skipNBytes(1);
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
