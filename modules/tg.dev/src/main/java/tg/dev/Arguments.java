package tg.dev;

import java.util.ArrayList;
import java.util.List;

/// What `./tg demo` was asked for. Immutable.
///
/// @param port of the web chat; 0 for a free one
/// @param say what to say as a person, without a browser; empty to wait for one
/// @param plugins the folder with handlers of one's own; empty for none
record Arguments(int port, List<String> say, String plugins) {
  static final String USAGE =
      """
      usage: ./tg demo [--port P] [--say TEXT]... [--plugins DIR]
        --port P       the web chat's port (default 8081; 0 = a free one)
        --say TEXT     say this as a person, print the conversation, and end when every message has
                       its answer (repeatable; the default port is then a free one)
        --plugins DIR  a folder with the modular jars of your handlers, as TG_PLUGINS\
      """;

  /// {@return the arguments}
  ///
  /// @throws IllegalArgumentException with the usage when they make no sense
  static Arguments of(String[] words) {
    int port = -1;
    var say = new ArrayList<String>();
    var plugins = "";
    for (int i = 0; i < words.length; i += 2) {
      var value = i + 1 < words.length ? words[i + 1] : "";
      switch (i + 1 < words.length ? words[i] : "") {
        case "--port" -> port = port(value);
        case "--say" -> say.add(value);
        case "--plugins" -> plugins = value;
        default ->
            throw new IllegalArgumentException("'" + words[i] + "' is not understood\n" + USAGE);
      }
    }
    return new Arguments(port >= 0 ? port : say.isEmpty() ? 8081 : 0, List.copyOf(say), plugins);
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
