package tg.sim;

import com.eclipsesource.json.JsonObject;

/// Messages and chats as the Bot API shows them. Used with the [World]'s lock held.
final class BotJson {
  private BotJson() {}

  static JsonObject chat(World world, Chat chat) {
    JsonObject json = new JsonObject().add("id", chat.id);
    if (chat.isPrivate()) {
      world.user(chat.id).ifPresent(user -> user.names(json));
    } else {
      json.add("title", chat.title);
    }
    json.add("type", chat.kind.word());
    return chat.forum ? json.add("is_forum", true) : json;
  }

  static JsonObject message(World world, Message message) {
    return message(world, message, true);
  }

  private static JsonObject message(World world, Message message, boolean withReply) {
    JsonObject json = new JsonObject().add("message_id", message.id);
    Sender from = message.signed();
    if (from != null) {
      json.add("from", from.json());
    } else {
      json.add("sender_chat", chat(world, message.chat));
    }
    json.add("chat", chat(world, message.chat)).add("date", message.sentAt().getEpochSecond());
    thread(message, json);
    if (message.edited) {
      json.add("edit_date", message.shown().at().getEpochSecond());
    }
    Message target = message.placement.replyTo();
    if (withReply && target != null) {
      json.add("reply_to_message", message(world, target, false));
    }
    message.shown().content().describe(json);
    JsonObject keyboard = message.keyboard();
    return keyboard.isEmpty() ? json : json.add("reply_markup", keyboard);
  }

  private static void thread(Message message, JsonObject json) {
    if (message.placement.thread() != 0) {
      json.add("message_thread_id", message.placement.thread()).add("is_topic_message", true);
    } else if (message.chat.kind == ChatKind.SUPERGROUP && message.root != 0) {
      json.add("message_thread_id", message.root);
    }
  }

  /// {@return the message, or what is left of it for a bot once it was deleted}
  static JsonObject maybeInaccessible(World world, Message message) {
    if (message.there()) {
      return message(world, message);
    }
    return new JsonObject()
        .add("chat", chat(world, message.chat))
        .add("message_id", message.id)
        .add("date", 0);
  }
}
