package tg.api;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import com.pengrad.telegrambot.request.BaseRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// The Bot API for one token. Thread-safe; calls block, so make them on virtual threads, where an
/// interrupt ends them at once (a platform thread notices it when the server answers, or a timeout
/// passes).
///
/// No call is repeated behind the caller's back: a connection that breaks after the request was
/// written gives {@link ApiError.UnknownOutcome}, because the API has no idempotency key and a
/// second request may be a second message. A server that does not answer gives it too: a connection
/// must be there within 10 seconds, an answer within 30 (a file may take 10 minutes).
public final class Telegram implements AutoCloseable {
  private static final Duration LONGEST_POLL = Duration.ofSeconds(50);

  private final BotToken token;
  private final Wire wire;
  private final CallWatcher watcher;

  private Telegram(BotToken token, Wire wire, CallWatcher watcher) {
    this.token = token;
    this.wire = wire;
    this.watcher = watcher;
  }

  /// {@return the API at an address; nothing is sent yet}
  ///
  /// @param server for example the public Bot API, or a simulator, with or without a path; the
  ///   token is added to it
  /// @param token whose bot
  /// @throws IllegalArgumentException when the address is not one of `http` or `https`
  public static Telegram connect(URI server, BotToken token) {
    return connect(server, token, (method, error, took) -> {});
  }

  /// {@return the API at an address, as above, with somebody who hears of each call}
  public static Telegram connect(URI server, BotToken token, CallWatcher watcher) {
    return new Telegram(token, new Wire(server, token, Patience.standard()), watcher);
  }

  static Telegram connect(URI server, BotToken token, Patience patience) {
    return new Telegram(token, new Wire(server, token, patience), (method, error, took) -> {});
  }

  /// Makes one call.
  ///
  /// @return what Telegram answered
  /// @throws ApiException when it did not succeed; its error says whether to repeat
  public <R> R call(Call<R> call) {
    checkUpload(call);
    var request = Requests.of(call);
    return watched(request.getMethod(), () -> make(call, request));
  }

  private <T> T watched(String method, Supplier<T> making) {
    long begin = System.nanoTime();
    try {
      var made = making.get();
      watcher.made(method, null, Duration.ofNanos(System.nanoTime() - begin));
      return made;
    } catch (ApiException e) {
      watcher.made(method, e.error(), Duration.ofNanos(System.nanoTime() - begin));
      throw e;
    }
  }

  @SuppressWarnings("unchecked") // each kind of call names the type that result() gives for it
  private <R> R make(Call<R> call, BaseRequest<?, ?> request) {
    long begin = System.nanoTime();
    var method = request.getMethod();
    var reply =
        call instanceof Call.GetFile get ? wire.post(request, get.deadline()) : wire.post(request);
    var answer =
        switch (reply.meaning(token)) {
          case Reply.Ok ok -> ok.result();
          case Reply.Refused(var error) -> {
            if (Excuse.holds(call, error)) {
              yield Json.TRUE;
            }
            throw new ApiException(method, error);
          }
        };
    try {
      return (R) result(call, answer, begin);
    } catch (Malformed e) {
      throw new ApiException(method, new ApiError.UnknownOutcome(e.reason()));
    }
  }

  private Object result(Call<?> call, JsonValue answer, long begin) {
    return switch (call) {
      case Call.GetMe _ -> MessageReader.user(Fields.of("result", answer));
      case Call.SendMessage _, Call.SendDocument _, Call.SendPhoto _ ->
          MessageReader.ref(Fields.of("result", answer));
      case Call.IsAdmin _ -> decides(Fields.of("result", answer));
      case Call.GetFile get -> download(get, Fields.of("result", answer), begin);
      case Call.EditText _,
          Call.EditButtons _,
          Call.Delete _,
          Call.ChatAction _,
          Call.Draft _,
          Call.AnswerCallback _,
          Call.SetCommands _,
          Call.React _,
          Call.DeleteWebhook _,
          Call.SetWebhook _ ->
          Call.Done.DONE;
      case Call.WebhookInfo _ -> webhook(Fields.of("result", answer));
    };
  }

  private static Call.WebhookStatus webhook(Fields info) {
    return new Call.WebhookStatus(
        info.wordOrEmpty("url"),
        info.small("pending_update_count"),
        info.wordOrEmpty("last_error_message"),
        Instant.ofEpochSecond(info.wholeOr("last_error_date", 0)));
  }

  private static boolean decides(Fields member) {
    return switch (member.word("status")) {
      case "creator", "administrator" -> true;
      default -> false;
    };
  }

  private Path download(Call.GetFile get, Fields file, long begin) {
    var path = file.word("file_path");
    var remaining = get.deadline().minusNanos(System.nanoTime() - begin);
    return new Download(wire, token, get, file.wholeOr("file_size", -1)).fetch(path, remaining);
  }

  private static void checkUpload(Call<?> call) {
    var file =
        switch (call) {
          case Call.SendDocument send -> send.file().path();
          case Call.SendPhoto send -> send.file().path();
          default -> null;
        };
    if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      throw new ApiException(
          "upload", new ApiError.BadRequest(400, "there is no file to read at " + file));
    }
  }

  /// `getUpdates`: waits for updates. Each update is decoded by itself; one that cannot be is
  /// {@link Update.Unreadable} and does not harm its neighbours.
  ///
  /// @param offset the first `update_id` wanted; everything before it is confirmed, and forgotten
  ///   by Telegram
  /// @param limit how many at most, 1 to 100
  /// @param timeout how long to wait for the first, 0 to 50 seconds
  /// @return in Telegram's order
  /// @throws ApiException when it did not succeed
  public List<Update> updates(long offset, int limit, Duration timeout) {
    if (limit < 1 || limit > 100) {
      throw new IllegalArgumentException("limit must be 1 to 100, not " + limit);
    }
    if (timeout.isNegative() || timeout.compareTo(LONGEST_POLL) > 0) {
      throw new IllegalArgumentException("timeout must be 0 to 50 seconds, not " + timeout);
    }
    var request = Requests.updates(offset, limit, timeout);
    return watched(request.getMethod(), () -> poll(request, offset, timeout));
  }

  private List<Update> poll(BaseRequest<?, ?> request, long offset, Duration timeout) {
    var reply = wire.poll(request, timeout);
    var batch = Batch.cut(reply.body());
    return switch (reply.withBody(batch.envelope()).meaning(token)) {
      case Reply.Ok ok when ok.result().isArray() -> batch.decode(offset);
      case Reply.Ok _ ->
          throw new ApiException(
              request.getMethod(), new ApiError.UnknownOutcome("the result is not an array"));
      case Reply.Refused(var error) -> throw new ApiException(request.getMethod(), error);
    };
  }

  /// Ends what is under way, a waiting {@link #updates} included, and closes the connections. From
  /// then on every call fails.
  @Override
  public void close() {
    wire.close();
  }
}
