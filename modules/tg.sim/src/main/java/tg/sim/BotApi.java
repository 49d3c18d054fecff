package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// All methods of the Bot API by name. Thread-safe.
final class BotApi implements AutoCloseable {
  /* What the reply to a webhook may not ask for. */
  private static final Set<String> NOT_BY_WEBHOOK =
      Set.of("setwebhook", "deletewebhook", "close", "logout");

  private final World world;
  private final FloodLimits flood;
  private final Map<String, Method> methods;
  private final GetUpdates getUpdates;
  private final WebhookPost post;

  BotApi(World world, FloodLimits flood, Conversation conversation, Duration answerWindow) {
    this.world = world;
    this.flood = flood;
    this.getUpdates = new GetUpdates(world);
    Addresses addresses = new Addresses(world);
    Map<String, Method> all = new HashMap<>();
    new SendMethods(world, addresses, conversation).addTo(all);
    new EditMethods(world, addresses, conversation).addTo(all);
    new SignalMethods(world, addresses, conversation, answerWindow).addTo(all);
    new CommandMethods(world).addTo(all);
    new InfoMethods(world, addresses).addTo(all);
    post = new WebhookPost(this::replied);
    new WebhookMethods(world, post).addTo(all);
    this.methods = Map.copyOf(all);
  }

  /// Calls a method.
  ///
  /// @param name in any case
  /// @throws ApiError to answer with an error
  Answer call(Bot bot, String name, Args args) throws InterruptedException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("getupdates")) {
      return getUpdates.call(bot, args);
    }
    Method method = methods.get(lower);
    if (method == null) {
      throw ApiError.of(404, "Not Found: method not found");
    }
    return world.in(() -> {
      flood.pass(bot, lower, args, world.now());
      return method.call(bot, args);
    });
  }

  /// Does what the body of a webhook's reply asks for; the bot never learns the result.
  void replied(Bot bot, JsonObject body) {
    String name = Fields.text(body, "method").orElse("").toLowerCase(Locale.ROOT);
    if (name.isEmpty() || name.startsWith("get") || NOT_BY_WEBHOOK.contains(name)) {
      return;
    }
    try {
      call(bot, name, ArgsReader.of(body));
    } catch (ApiError e) {
      System.getLogger(BotApi.class.getName())
          .log(
              System.Logger.Level.DEBUG,
              "A webhook''s reply asked for {0}: {1}",
              name,
              e.description());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends all deliveries to webhooks.
  @Override
  public void close() {
    post.close();
  }
}
