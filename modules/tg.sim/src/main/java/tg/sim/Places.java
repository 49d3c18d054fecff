package tg.sim;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.List;

/// What happens to chats and memberships. Used with the [World]'s lock held.
final class Places {
  private final World world;
  private final Newsroom newsroom;
  private final Conversation conversation;

  Places(World world, Newsroom newsroom, Conversation conversation) {
    this.world = world;
    this.newsroom = newsroom;
    this.conversation = conversation;
  }

  Chat chat(String key) {
    return world
        .chat(key)
        .orElseThrow(
            () -> SimException.missing("No chat \"" + key + "\"; GET /sim/state lists them"));
  }

  Bot bot(long id) {
    return world
        .bot(id)
        .orElseThrow(() ->
            SimException.missing(
                "No bot " + id + "; a bot appears with its first call, or by POST /sim/bots"));
  }

  User user(long id) {
    return id == 1001
        ? world.ann()
        : world.user(id).orElseThrow(() -> SimException.missing("No user " + id));
  }

  Chat create(ChatKind kind, String title, boolean forum, List<Long> users) {
    if (kind == ChatKind.PRIVATE) {
      throw SimException.invalid("A private chat is made of a user and a bot; name both");
    }
    if (forum && kind != ChatKind.SUPERGROUP) {
      throw SimException.invalid("Only a supergroup can be a forum");
    }
    users.forEach(this::user);
    Chat chat = world.group(kind, title);
    chat.forum = forum;
    chat.users.addAll(users);
    chat.admins.addAll(users.stream().limit(1).toList());
    world.tell(chat);
    return chat;
  }

  int topic(Chat chat, String name) {
    if (!chat.forum) {
      throw SimException.invalid(
          chat.key + " is no forum; create a supergroup with \"forum\":true");
    }
    JsonObject value = new JsonObject().add("name", name).add("icon_color", 0x6FB9F0);
    int id = chat.nextId();
    chat.topics.put(id, name);
    Placement inside = new Placement(null, id, false);
    Content told =
        new Content.Service(
            "The topic \u201c" + name + "\u201d was created", "forum_topic_created", value);
    conversation.post(chat, first(chat), inside, told, new JsonObject());
    world.tell(chat);
    return id;
  }

  Chat add(Chat chat, Bot bot) {
    if (chat.isPrivate() || !chat.bots.add(bot.id())) {
      throw SimException.invalid("Bot " + bot.id() + " is in " + chat.key + " already");
    }
    String before = chat.kicked.remove(bot.id()) ? "kicked" : "left";
    boolean channel = chat.kind == ChatKind.CHANNEL;
    if (channel) {
      chat.admins.add(bot.id());
    }
    newsroom.membership(bot, chat, first(chat), before, channel ? "administrator" : "member");
    if (!channel) {
      joined(chat, bot);
    }
    world.tell(chat);
    return chat;
  }

  Chat add(Chat chat, User user) {
    if (chat.isPrivate() || !chat.users.add(user.id())) {
      throw SimException.invalid(
          user.name() + " is in " + chat.key + " already, or it is a private chat");
    }
    chat.kicked.remove(user.id());
    if (chat.kind != ChatKind.CHANNEL) {
      joined(chat, user);
    }
    world.tell(chat);
    return chat;
  }

  private void joined(Chat chat, Sender who) {
    User by = first(chat);
    JsonArray members = new JsonArray().add(who.json());
    conversation.service(
        chat,
        by,
        new Content.Service(by.name() + " added " + who.name(), "new_chat_members", members));
  }

  Chat kick(Chat chat, Sender who) {
    User by = first(chat);
    boolean was = who instanceof Bot ? chat.bots.contains(who.id()) : chat.users.contains(who.id());
    if (chat.isPrivate() || !was) {
      throw SimException.invalid(
          who.name() + " is not in " + chat.key + ", or it is a private chat");
    }
    if (who instanceof Bot bot) {
      String before = chat.admins.contains(bot.id()) ? "administrator" : "member";
      chat.bots.remove(bot.id());
      newsroom.membership(bot, chat, by, before, "kicked");
    }
    chat.users.remove(who.id());
    chat.admins.remove(who.id());
    chat.kicked.add(who.id());
    if (chat.kind != ChatKind.CHANNEL) {
      conversation.service(
          chat,
          by,
          new Content.Service(
              by.name() + " removed " + who.name(), "left_chat_member", who.json()));
    }
    world.tell(chat);
    return chat;
  }

  Chat promote(Chat chat, Sender who, boolean admin) {
    String before = chat.admins.contains(who.id()) ? "administrator" : "member";
    if (!chat.users.contains(who.id()) && !chat.bots.contains(who.id())) {
      throw SimException.invalid(who.name() + " is not in " + chat.key + "; add it first");
    }
    boolean changed = admin ? chat.admins.add(who.id()) : chat.admins.remove(who.id());
    if (changed && who instanceof Bot bot) {
      newsroom.membership(bot, chat, first(chat), before, admin ? "administrator" : "member");
    }
    world.tell(chat);
    return chat;
  }

  Chat mute(Chat chat, boolean on) {
    chat.muted = on;
    world.tell(chat);
    return chat;
  }

  /// The user blocks the bot, or lets it write again.
  Chat block(Bot bot, User user, boolean on) {
    Chat chat = world.privateChat(bot, user);
    if (chat.blocked != on) {
      chat.blocked = on;
      newsroom.membership(bot, chat, user, on ? "member" : "kicked", on ? "kicked" : "member");
      world.tell(chat);
    }
    return chat;
  }

  Chat migrate(Chat old) {
    if (old.kind != ChatKind.GROUP || old.migratedTo != null || old.dissolved) {
      throw SimException.invalid(
          "Only a group that is still there can be upgraded; " + old.key + " cannot");
    }
    Chat upgraded = world.group(ChatKind.SUPERGROUP, old.title);
    upgraded.users.addAll(old.users);
    upgraded.bots.addAll(old.bots);
    upgraded.admins.addAll(old.admins);
    upgraded.muted = old.muted;
    migration(old, "migrate_to_chat_id", upgraded);
    old.migratedTo = upgraded;
    migration(upgraded, "migrate_from_chat_id", old);
    world.tell(old);
    world.tell(upgraded);
    return upgraded;
  }

  private void migration(Chat in, String field, Chat other) {
    JsonValue id = Json.value(other.id);
    conversation.service(
        in, first(in), new Content.Service("The group was upgraded to a supergroup", field, id));
  }

  Chat dissolve(Chat chat) {
    if (chat.isPrivate()) {
      throw SimException.invalid("A private chat cannot be deleted; block the bot instead");
    }
    chat.dissolved = true;
    world.tell(chat);
    return chat;
  }

  User deactivate(User user) {
    return world.put(user.deactivate());
  }

  private User first(Chat chat) {
    return chat.users.stream().findFirst().flatMap(world::user).orElseGet(world::ann);
  }
}
