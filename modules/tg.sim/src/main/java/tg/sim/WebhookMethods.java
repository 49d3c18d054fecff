package tg.sim;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The methods that set, remove and show a webhook. Used with the [World]'s lock held.
final class WebhookMethods {
  private static final long SECOND = 1_000_000_000L;

  private final World world;
  private final WebhookPost post;

  WebhookMethods(World world, WebhookPost post) {
    this.world = world;
    this.post = post;
  }

  void addTo(Map<String, Method> methods) {
    methods.put("setwebhook", this::set);
    methods.put("deletewebhook", this::delete);
    methods.put("getwebhookinfo", this::info);
  }

  private Answer set(Bot bot, Args args) {
    if (args.text("url").isBlank()) {
      return delete(bot, args);
    }
    if (bot.polling.tooSoonToSetWebhook(System.nanoTime(), SECOND)) {
      throw ApiError.tooMany(1);
    }
    WebhookSettings settings = WebhookSettings.of(args);
    args.json("allowed_updates")
        .filter(JsonValue::isArray)
        .ifPresent(names -> GetUpdates.allow(bot, names.asArray()));
    drop(bot, args);
    Webhook before = bot.webhook;
    if (before != null && before.settings().equals(settings)) {
      return Answer.described("Webhook is already set");
    }
    replace(bot, before, new Webhook(world, bot, settings, post));
    return Answer.described("Webhook was set");
  }

  private Answer delete(Bot bot, Args args) {
    drop(bot, args);
    Webhook before = bot.webhook;
    if (before == null) {
      return Answer.described("Webhook is already deleted");
    }
    replace(bot, before, null);
    return Answer.described("Webhook was deleted");
  }

  private static void drop(Bot bot, Args args) {
    if (args.flag("drop_pending_updates")) {
      bot.queue.clear();
    }
  }

  private void replace(Bot bot, @Nullable Webhook before, @Nullable Webhook after) {
    if (before != null) {
      before.close();
    }
    bot.webhook = after;
    if (after != null) {
      bot.polling.abort(ApiError.conflict("terminated by setWebhook request"));
      bot.queue.all().forEach(after::offer);
    }
    world.changed();
    world.tell(bot);
  }

  private Answer info(Bot bot, Args args) {
    Webhook webhook = bot.webhook;
    JsonObject json =
        new JsonObject()
            .add("url", webhook == null ? "" : webhook.settings().url())
            .add("has_custom_certificate", false)
            .add("pending_update_count", bot.queue.size());
    if (webhook != null) {
      if (!webhook.lastError().isEmpty()) {
        json.add("last_error_date", webhook.lastErrorAt().getEpochSecond())
            .add("last_error_message", webhook.lastError());
      }
      json.add("max_connections", webhook.settings().maxConnections());
      json.add("ip_address", "127.0.0.1");
    }
    if (!bot.allowed.equals(UpdateKind.DEFAULT)) {
      JsonArray names = new JsonArray();
      bot.allowed.stream().sorted().forEach(names::add);
      json.add("allowed_updates", names);
    }
    return Answer.of(json);
  }
}
