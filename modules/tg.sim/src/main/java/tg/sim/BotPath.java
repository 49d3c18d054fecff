package tg.sim;

import java.util.Optional;

/// The parts of a path `/bot<token>/<method>` or `/file/bot<token>/<path>`. Immutable.
record BotPath(String token, String rest) {
  static Optional<BotPath> call(String path) {
    return parsed(path, "/bot").map(BotPath::withoutTest);
  }

  static Optional<BotPath> file(String path) {
    return parsed(path, "/file/bot");
  }

  private static Optional<BotPath> parsed(String path, String prefix) {
    if (!path.startsWith(prefix)) {
      return Optional.empty();
    }
    int slash = path.indexOf('/', prefix.length());
    return slash < 0
        ? Optional.empty()
        : Optional.of(
            new BotPath(path.substring(prefix.length(), slash), path.substring(slash + 1)));
  }

  private BotPath withoutTest() {
    return rest.startsWith("test/") ? new BotPath(token, rest.substring(5)) : this;
  }
}
