package tg.dev;

import java.util.ArrayList;
import java.util.List;

/// What `./tg demo` was asked for. Immutable.
///
/// @param port of the web chat; 0 for a free one
/// @param say what to say as a person, without a browser; empty to wait for one
record Arguments(int port, List<String> say) {
  static final String USAGE =
      """
      usage: ./tg demo [--port P] [--say TEXT]...
        --port P    the web chat's port (default 8081; 0 = a free one)
        --say TEXT  say this as a person, print the conversation, and end when every message has
                    its answer (repeatable; the default port is then a free one)\
      """;

  /// {@return the arguments}
  ///
  /// @throws IllegalArgumentException with the usage when they make no sense
  static Arguments of(String[] words) {
    int port = -1;
    var say = new ArrayList<String>();
    for (int i = 0; i < words.length; i++) {
      var word = words[i];
      if (i + 1 == words.length || !(word.equals("--port") || word.equals("--say"))) {
        throw new IllegalArgumentException("'" + word + "' is not understood\n" + USAGE);
      }
      var value = words[++i];
      if (word.equals("--say")) {
        say.add(value);
      } else {
        port = port(value);
      }
    }
    return new Arguments(port >= 0 ? port : say.isEmpty() ? 8081 : 0, List.copyOf(say));
  }

  private static int port(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number that is out of range.
    }
    throw new IllegalArgumentException("--port " + value + ": a port is 0 to 65535\n" + USAGE);
  }
}
