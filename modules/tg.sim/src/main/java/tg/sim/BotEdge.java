package tg.sim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Serves `/bot<token>/<method>`: reads the call, lets a planned fault strike, does it, and logs
/// it. Thread-safe.
final class BotEdge implements HttpHandler {
  private static final String JSON = "application/json";
  private static final String HTML_502 =
      """
      <html>\r
      <head><title>502 Bad Gateway</title></head>\r
      <body>\r
      <center><h1>502 Bad Gateway</h1></center>\r
      <hr><center>nginx</center>\r
      </body>\r
      </html>\r
      """;

  private final BotDoor door;
  private final BotApi api;
  private final FaultPlan faults;
  private final CallLog log;
  private final SimClock clock;

  BotEdge(BotDoor door, BotApi api, FaultPlan faults, CallLog log) {
    this.door = door;
    this.api = api;
    this.faults = faults;
    this.log = log;
    this.clock = door.world().clock;
  }

  /// One call on its way. Confined to its thread.
  private static final class Passage {
    final Instant at;
    final long started = System.nanoTime();
    long bot;
    String method = "";
    Map<String, String> params = Map.of();
    String description = "";
    String fault = "";
    boolean flood;

    Passage(Instant at) {
      this.at = at;
    }

    SimCall.Outcome outcome(int status) {
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      return new SimCall.Outcome(status, description, took, fault, flood);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Optional<BotPath> path = BotPath.call(exchange.getRequestURI().getPath());
    try (exchange) {
      if (path.isEmpty()) {
        Reply.error(ApiError.of(404, "Not Found")).send(exchange);
        return;
      }
      Passage passage = new Passage(clock.instant());
      Reply reply = reply(exchange, path.get(), passage);
      SimCall.Outcome outcome = passage.outcome(reply == null ? 0 : reply.status());
      log.add(passage.bot, passage.method, passage.params, passage.at, outcome);
      if (reply != null) {
        reply.send(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /* null: the connection is to be closed without a reply. */
  private @Nullable Reply reply(HttpExchange exchange, BotPath path, Passage passage)
      throws IOException, InterruptedException {
    try {
      Args args = ArgsReader.read(exchange);
      passage.method = path.rest().isEmpty() ? args.text("method") : path.rest();
      passage.params = args.logged(path.token());
      if (!exchange.getRequestMethod().equals("GET")
          && !exchange.getRequestMethod().equals("POST")) {
        throw ApiError.of(405, "Method Not Allowed");
      }
      Bot bot = door.enter(path.token());
      passage.bot = bot.id();
      Fault fault = faults.strike(bot.id(), passage.method).orElse(null);
      if (fault == null) {
        return Reply.ok(api.call(bot, passage.method, args));
      }
      passage.fault = fault.kind().word();
      return struck(fault, bot, args, passage);
    } catch (ApiError e) {
      passage.description = e.description();
      passage.flood = e.earned();
      return Reply.error(e);
    }
  }

  private @Nullable Reply struck(Fault fault, Bot bot, Args args, Passage passage)
      throws InterruptedException {
    return switch (fault.kind()) {
      case TOO_MANY -> throw ApiError.tooMany(fault.delay().toSeconds());
      case BAD_REQUEST -> throw ApiError.bad("can't parse entities: a planned fault");
      case SERVER_ERROR -> throw ApiError.of(500, "Internal Server Error");
      case HTML_502 -> Reply.of(502, "text/html", HTML_502.getBytes(StandardCharsets.UTF_8));
      case HANG -> {
        Thread.sleep(fault.delay());
        yield null;
      }
      case CLOSE_BEFORE -> null;
      case CLOSE_AFTER -> {
        answer(bot, args, passage);
        yield null;
      }
      case EMPTY -> {
        answer(bot, args, passage);
        yield Reply.of(200, JSON, new byte[0]);
      }
      case GARBAGE -> Reply.of(200, JSON, firstHalf(answer(bot, args, passage).body()));
      case SLOW -> {
        Thread.sleep(fault.delay());
        yield answer(bot, args, passage);
      }
    };
  }

  private static byte[] firstHalf(byte[] body) {
    return Arrays.copyOf(body, Math.min(body.length / 2, 20));
  }

  private Reply answer(Bot bot, Args args, Passage passage) throws InterruptedException {
    try {
      return Reply.ok(api.call(bot, passage.method, args));
    } catch (ApiError e) {
      passage.description = e.description();
      passage.flood = e.earned();
      return Reply.error(e);
    }
  }
}
