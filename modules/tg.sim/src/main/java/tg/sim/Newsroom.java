package tg.sim;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides which bots learn of what, and queues it for them. Used with the [World]'s lock held.
final class Newsroom {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration CALLBACK = Duration.ofSeconds(150);
  private static final Pattern COMMAND =
      Pattern.compile(
          "/[A-Za-z0-9_]{1,64}(?:@([A-Za-z0-9_]{3,32}))?(?![A-Za-z0-9_]).*", Pattern.DOTALL);

  private final World world;

  Newsroom(World world) {
    this.world = world;
  }

  /// Tells the bots of a chat about a new or an edited message.
  void message(Message message) {
    String post = message.chat.kind == ChatKind.CHANNEL ? "channel_post" : "message";
    String kind = message.edited ? "edited_" + post : post;
    Instant expires = message.sentAt().plus(DAY);
    for (Bot bot : world.bots()) {
      if (message.chat.bots.contains(bot.id()) && sees(bot, message)) {
        Message about = message.edited ? null : message;
        queue(
            bot, new News(kind, BotJson.message(world, message), expires, message.chat.key, about));
      }
    }
  }

  private boolean sees(Bot bot, Message message) {
    if (message.from instanceof Bot) {
      return false;
    }
    Chat chat = message.chat;
    boolean everything =
        chat.isPrivate()
            || chat.kind == ChatKind.CHANNEL
            || !bot.privacy
            || chat.admins.contains(bot.id());
    return everything
        || message.shown().content() instanceof Content.Service
        || addressed(bot, message);
  }

  /* Privacy mode: commands that are not for another bot, answers to the bot's own messages, and mentions. */
  private static boolean addressed(Bot bot, Message message) {
    Message target = message.placement.replyTo();
    if (target != null && target.isFrom(bot)) {
      return true;
    }
    Formatted text = message.shown().content().text();
    var command = COMMAND.matcher(text.text());
    if (command.matches()) {
      @Nullable String name = command.group(1);
      return name == null || name.equalsIgnoreCase(bot.username);
    }
    String mention = "@" + bot.username;
    return text.entities().stream()
        .filter(entity -> entity.type().equals("mention"))
        .anyMatch(entity ->
            text.text()
                .regionMatches(
                    true,
                    entity.offset(),
                    mention,
                    0,
                    Math.max(entity.length(), mention.length())));
  }

  void callback(Callback callback) {
    Message message = callback.message;
    if (!(message.from instanceof Bot bot)) {
      return;
    }
    JsonObject body =
        new JsonObject()
            .add("id", callback.id)
            .add("from", callback.from.json())
            .add("message", BotJson.maybeInaccessible(world, message))
            .add("chat_instance", String.valueOf(message.chat.id * 1_000_003))
            .add("data", callback.data);
    String lane = message.chat.key;
    queue(bot, new News("callback_query", body, callback.at.plus(CALLBACK), lane, null));
  }

  /// Tells a bot that its own membership changed.
  void membership(Bot bot, Chat chat, User by, String before, String after) {
    JsonObject body =
        new JsonObject()
            .add("chat", BotJson.chat(world, chat))
            .add("from", by.json())
            .add("date", world.now().getEpochSecond())
            .add("old_chat_member", member(bot, before))
            .add("new_chat_member", member(bot, after));
    queue(bot, new News("my_chat_member", body, world.now().plus(DAY), chat.key, null));
  }

  static JsonObject member(Sender who, String status) {
    JsonObject json = new JsonObject().add("user", who.json()).add("status", status);
    return status.equals("kicked") ? json.add("until_date", 0) : json;
  }

  /// Tells the bots that may know about a change of a user's reaction.
  void reaction(Message message, User by, String before, String after) {
    Chat chat = message.chat;
    for (Bot bot : world.bots()) {
      if (chat.bots.contains(bot.id()) && (chat.isPrivate() || chat.admins.contains(bot.id()))) {
        JsonObject body =
            new JsonObject()
                .add("chat", BotJson.chat(world, chat))
                .add("message_id", message.id)
                .add("user", by.json())
                .add("date", world.now().getEpochSecond())
                .add("old_reaction", emojis(before))
                .add("new_reaction", emojis(after));
        queue(bot, new News("message_reaction", body, world.now().plus(DAY), chat.key, null));
      }
    }
  }

  private static JsonArray emojis(String emoji) {
    JsonArray array = new JsonArray();
    return emoji.isEmpty()
        ? array
        : array.add(new JsonObject().add("type", "emoji").add("emoji", emoji));
  }

  private void queue(Bot bot, News news) {
    if (bot.allowed.contains(news.kind())) {
      bot.queue.add(news).ifPresent(update -> queued(bot, update));
    }
  }

  private void queued(Bot bot, Update update) {
    Webhook webhook = bot.webhook;
    if (webhook != null) {
      webhook.offer(update);
    }
    world.changed();
  }
}
