package tg.sim;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Instant;

/// Everything as the control API shows it; see `docs/sim.md`. Used with the [World]'s lock held.
final class SimJson {
  private SimJson() {}

  static JsonObject user(User user) {
    JsonObject json = new JsonObject().add("id", user.id());
    user.names(json);
    if (!user.language().isEmpty()) {
      json.add("language_code", user.language());
    }
    return user.deactivated() ? json.add("deactivated", true) : json;
  }

  static JsonObject bot(Bot bot) {
    JsonObject json =
        new JsonObject()
            .add("id", bot.id())
            .add("username", bot.username)
            .add("first_name", bot.firstName)
            .add("privacy", bot.privacy)
            .add("commands", bot.commands.standard());
    Webhook webhook = bot.webhook;
    return webhook == null ? json : json.add("webhook", bot.censored(webhook.settings().url()));
  }

  static JsonObject chat(World world, Chat chat) {
    JsonObject json =
        new JsonObject()
            .add("chat", chat.key)
            .add("id", chat.id)
            .add("type", chat.kind.word())
            .add("title", chat.title)
            .add("users", ids(chat.users))
            .add("bots", ids(chat.bots));
    if (chat.isPrivate()) {
      json.add("started", chat.started);
    } else {
      json.add("admins", ids(chat.admins));
    }
    flag(json, "blocked", chat.blocked);
    flag(json, "muted", chat.muted);
    flag(json, "dissolved", chat.dissolved);
    Chat successor = chat.migratedTo;
    if (successor != null) {
      json.add("migrated_to", successor.key);
    }
    if (chat.forum) {
      json.add("forum", true).add("topics", topics(chat));
    }
    Message newest = chat.newest();
    if (newest != null) {
      json.add("last", message(newest));
    }
    ChatAction action = chat.action;
    if (action != null && action.until().isAfter(world.now())) {
      json.add("action", action.json());
    }
    return json;
  }

  private static void flag(JsonObject json, String name, boolean on) {
    if (on) {
      json.add(name, true);
    }
  }

  private static JsonArray topics(Chat chat) {
    JsonArray topics = new JsonArray();
    chat.topics.forEach((id, name) -> topics.add(new JsonObject().add("id", id).add("name", name)));
    return topics;
  }

  private static JsonArray ids(Iterable<Long> ids) {
    JsonArray array = new JsonArray();
    ids.forEach(array::add);
    return array;
  }

  static JsonObject message(Message message) {
    JsonObject json = new JsonObject().add("chat", message.chat.key).add("message_id", message.id);
    Placement placement = message.placement;
    if (placement.thread() != 0) {
      json.add("thread", placement.thread());
    }
    Sender from = message.signed();
    if (from != null) {
      json.add("from", from.brief());
    }
    time(json, "sent_at", message.sentAt());
    if (message.edited) {
      time(json, "edited_at", message.shown().at());
    }
    Instant deletedAt = message.deletedAt;
    if (deletedAt != null) {
      time(json, "deleted_at", deletedAt);
    }
    Message target = placement.replyTo();
    if (target != null) {
      json.add("reply_to", target.id);
    }
    show(json, message.shown());
    flag(json, "silent", placement.silent());
    JsonArray versions = new JsonArray();
    for (Version version : message.versions()) {
      JsonObject shown = new JsonObject();
      time(shown, "at", version.at());
      show(shown, version);
      versions.add(shown);
    }
    return json.add("read_by", ids(message.readBy))
        .add("reactions", reactions(message))
        .add("versions", versions);
  }

  private static JsonArray reactions(Message message) {
    JsonArray reactions = new JsonArray();
    message.reactions.forEach(
        (by, emoji) -> reactions.add(new JsonObject().add("from", by.brief()).add("emoji", emoji)));
    return reactions;
  }

  private static void show(JsonObject json, Version version) {
    switch (version.content()) {
      case Content.Text(Formatted text) ->
          json.add("text", text.text()).add("entities", text.entitiesJson());
      case Content.Attachment(StoredFile file, Formatted text) -> {
        json.add(file.field(), file(file));
        if (!text.isEmpty()) {
          json.add("caption", text.text()).add("entities", text.entitiesJson());
        }
      }
      case Content.Service service -> json.add("service", service.told());
    }
    if (!version.markup().isEmpty()) {
      json.add("reply_markup", version.markup());
    }
  }

  private static JsonValue file(StoredFile file) {
    String url = "/sim/files/" + file.uniqueId();
    if (file.json().isArray()) {
      return new JsonArray().add(file.json().asArray().get(0).asObject().add("url", url));
    }
    return file.json().asObject().add("url", url);
  }

  static JsonObject callback(Callback callback) {
    JsonObject json =
        new JsonObject()
            .add("id", callback.id)
            .add("chat", callback.message.chat.key)
            .add("message_id", callback.message.id)
            .add("from", callback.from.id())
            .add("data", callback.data);
    time(json, "at", callback.at);
    Instant answeredAt = callback.answeredAt;
    if (answeredAt == null) {
      return json;
    }
    time(json, "answered_at", answeredAt);
    if (!callback.text.isEmpty()) {
      json.add("text", callback.text).add("show_alert", callback.alert);
    }
    return callback.url.isEmpty() ? json : json.add("url", callback.url);
  }

  static void time(JsonObject json, String name, Instant at) {
    json.add(name, Json.value(at.toEpochMilli()));
  }
}
