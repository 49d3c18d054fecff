package tg.sim;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BiConsumer;

/// One delivery to a webhook. Thread-safe.
final class WebhookPost implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /// What became of a delivery. Immutable.
  ///
  /// @param error empty if it was delivered
  /// @param gone whether the server said that there is nothing here any more (410)
  /// @param retryAfter what the server asked for, or zero
  record Result(String error, boolean gone, Duration retryAfter) {
    boolean delivered() {
      return error.isEmpty();
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final BiConsumer<Bot, JsonObject> replies;

  /// @param replies does what the body of a reply asks for
  WebhookPost(BiConsumer<Bot, JsonObject> replies) {
    this.replies = replies;
  }

  Result send(Bot bot, WebhookSettings settings, Update update) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.target())
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(update.json().toString()));
    if (!settings.secret().isEmpty()) {
      request.header("X-Telegram-Bot-Api-Secret-Token", settings.secret());
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return result(bot, response);
    } catch (ConnectException e) {
      return new Result("Connection refused", false, Duration.ZERO);
    } catch (IOException e) {
      return new Result("Connection failed", false, Duration.ZERO);
    }
  }

  private Result result(Bot bot, HttpResponse<String> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      reply(bot, response.body());
      return new Result("", false, Duration.ZERO);
    }
    Duration asked =
        response
            .headers()
            .firstValue("Retry-After")
            .filter(seconds -> seconds.matches("[0-9]{1,9}"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(Duration.ZERO);
    Duration wait = asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
    return new Result(
        "Wrong response from the webhook: " + status + " " + reason(status), status == 410, wait);
  }

  private static String reason(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 410 -> "Gone";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      default -> "Error";
    };
  }

  private void reply(Bot bot, String body) {
    try {
      JsonValue json = body.isBlank() ? Json.NULL : Json.parse(body);
      if (json.isObject()) {
        replies.accept(bot, json.asObject());
      }
    } catch (ParseException e) {
      System.getLogger(WebhookPost.class.getName())
          .log(
              System.Logger.Level.DEBUG,
              "The body of a webhook''s reply is no JSON: {0}",
              e.getMessage());
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
