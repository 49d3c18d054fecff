package tg.sim;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A chat and what was said in it. Guarded by the [World]'s lock.
///
/// Only the newest 20,000 messages are kept.
final class Chat {
  private static final int KEPT = 20_000;

  /// Its name in the control API.
  final String key;

  /// Its `chat_id` in the Bot API.
  final long id;

  final ChatKind kind;
  final Set<Long> users = new LinkedHashSet<>();
  final Set<Long> bots = new LinkedHashSet<>();
  final Set<Long> kicked = new LinkedHashSet<>();
  final Set<Long> admins = new LinkedHashSet<>();
  final Map<Integer, String> topics = new LinkedHashMap<>();
  private final TreeMap<Integer, Message> messages = new TreeMap<>();
  private int lastId;
  String title;
  boolean forum;

  /// Private chats: the user has written, so the bot may.
  boolean started;

  /// Private chats: the user has blocked the bot.
  boolean blocked;

  /// Groups: only administrators may write.
  boolean muted;

  boolean dissolved;
  @Nullable Chat migratedTo;
  @Nullable ChatAction action;

  Chat(String key, long id, ChatKind kind, String title) {
    this.key = key;
    this.id = id;
    this.kind = kind;
    this.title = title;
  }

  boolean isPrivate() {
    return kind == ChatKind.PRIVATE;
  }

  int nextId() {
    return ++lastId;
  }

  void add(Message message) {
    messages.put(message.id, message);
    if (messages.size() > KEPT) {
      messages.pollFirstEntry();
    }
  }

  @Nullable Message message(long messageId) {
    return messageId == (int) messageId ? messages.get((int) messageId) : null;
  }

  Collection<Message> messages() {
    return messages.values();
  }

  @Nullable Message newest() {
    for (Message message : messages.descendingMap().values()) {
      if (message.deletedAt == null) {
        return message;
      }
    }
    return null;
  }
}
