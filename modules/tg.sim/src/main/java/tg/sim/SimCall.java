package tg.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// A call of the Bot API as it was logged. Immutable.
///
/// @param n its number, from 1
/// @param bot the bot's id, or 0 if there is no such bot
/// @param method as it was written
/// @param params texts cut at 4,096 characters; a file is its name and size; the token is left out
/// @param at when it came
/// @param outcome what became of it
public record SimCall(
    long n, long bot, String method, Map<String, String> params, Instant at, Outcome outcome) {
  /// What became of a call. Immutable.
  ///
  /// @param status of the HTTP answer; 0 if the connection was closed without one
  /// @param description of an error, or empty
  /// @param took how long it took
  /// @param fault the planned one that struck, or empty
  /// @param flood whether the flood limits said no
  public record Outcome(
      int status, String description, Duration took, String fault, boolean flood) {}

  /// Copies the parameters.
  public SimCall {
    params = Map.copyOf(params);
  }
}
