package tg.process;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tg.api.ApiError;
import tg.api.CallWatcher;

/// Counts and times the calls to Telegram. Thread-safe.
public final class Calls implements CallWatcher {
  private final Counter calls =
      new Counter(
          "tg_telegram_calls_total",
          "Calls to the Bot API by what became of them",
          "method",
          "result");
  private final Histogram latency =
      new Histogram(
          "tg_telegram_call_seconds", "From the request to the reply, by method", "method");

  /// Nothing was called yet.
  public Calls() {}

  @Override
  public void made(String method, @Nullable ApiError error, Duration took) {
    calls.count(method, error == null ? "ok" : result(error));
    latency.add(method, took);
  }

  private static String result(ApiError error) {
    return switch (error) {
      case ApiError.FloodWait _ -> "flood_wait";
      case ApiError.Blocked _ -> "blocked";
      case ApiError.Migrated _ -> "migrated";
      case ApiError.BadRequest _ -> "bad_request";
      case ApiError.Unauthorized _ -> "unauthorized";
      case ApiError.Conflict _ -> "conflict";
      case ApiError.Unavailable _ -> "unavailable";
      case ApiError.UnknownOutcome _ -> "unknown_outcome";
    };
  }

  /// Writes both.
  public void write(Exposition out) {
    calls.write(out);
    latency.write(out);
  }
}
