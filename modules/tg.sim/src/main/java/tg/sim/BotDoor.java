package tg.sim;

import java.util.Optional;
import java.util.Set;

/// Lets bots in by their token. Thread-safe.
///
/// @param allowed the only tokens that are, or empty for all that are well-formed
record BotDoor(World world, Set<String> allowed) {
  /// @throws ApiError 401 if the token is no good
  Bot enter(String token) {
    if (!Token.wellFormed(token)) {
      throw ApiError.of(401, "Unauthorized: invalid token specified");
    }
    Optional<Bot> bot =
        allowed.isEmpty() || allowed.contains(token)
            ? world.in(() -> world.bot(token))
            : Optional.empty();
    return bot.orElseThrow(() -> ApiError.of(401, "Unauthorized"));
  }
}
