package tg.sim;

import java.util.Optional;

/// Finds the chats and messages that a call names, and says why a bot may not write to one. Used
/// with the [World]'s lock held.
final class Addresses {
  private final World world;

  Addresses(World world) {
    this.world = world;
  }

  /// {@return the chat that `chat_id` names}
  Chat chat(Bot bot, Args args) {
    String id = args.text("chat_id").strip();
    if (id.isEmpty()) {
      throw ApiError.bad("chat_id is empty");
    }
    return chat(bot, id);
  }

  private Chat chat(Bot bot, String id) {
    if (!id.matches("-?[0-9]{1,18}")) {
      throw ApiError.bad("chat not found");
    }
    long number = Long.parseLong(id);
    if (number < 0) {
      return member(bot, world.chat(id).orElseThrow(() -> ApiError.bad("chat not found")));
    }
    if (world.bot(number).isPresent()) {
      throw ApiError.forbidden("the bot can't send messages to the bot");
    }
    User user = world.user(number).orElseThrow(() -> ApiError.bad("chat not found"));
    return world
        .privateChat(bot, user.id())
        .filter(chat -> chat.started)
        .orElseThrow(() -> ApiError.forbidden("bot can't initiate conversation with a user"));
  }

  private static Chat member(Bot bot, Chat chat) {
    Chat successor = chat.migratedTo;
    if (successor != null) {
      throw ApiError.migrated(successor.id);
    }
    if (chat.dissolved) {
      throw ApiError.forbidden("the group chat was deleted");
    }
    if (chat.kicked.contains(bot.id())) {
      throw ApiError.forbidden("bot was kicked from the " + chat.kind.word() + " chat");
    }
    if (!chat.bots.contains(bot.id())) {
      throw ApiError.forbidden("bot is not a member of the " + chat.kind.word() + " chat");
    }
    return chat;
  }

  /// {@return the chat that `chat_id` names, in which the bot may write}
  Chat writable(Bot bot, Args args) {
    Chat chat = chat(bot, args);
    if (chat.blocked) {
      throw ApiError.forbidden("bot was blocked by the user");
    }
    if (chat.isPrivate() && world.user(chat.id).orElseThrow().deactivated()) {
      throw ApiError.forbidden("user is deactivated");
    }
    boolean admin = chat.admins.contains(bot.id());
    if (chat.kind == ChatKind.CHANNEL && !admin) {
      throw ApiError.bad("need administrator rights in the channel chat");
    }
    if (chat.muted && !admin) {
      throw ApiError.bad("not enough rights to send text messages to the chat");
    }
    return chat;
  }

  /// {@return the message that `message_id` names}
  Message message(Chat chat, Args args, String notFound) {
    int id = args.integer("message_id", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
    if (id == 0) {
      throw ApiError.bad("message identifier is not specified");
    }
    return there(chat, id).orElseThrow(() -> ApiError.bad(notFound));
  }

  static Optional<Message> there(Chat chat, long id) {
    return Optional.ofNullable(chat.message(id)).filter(Message::there);
  }
}
