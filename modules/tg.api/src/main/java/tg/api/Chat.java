package tg.api;

/// The chat of a message. Immutable.
///
/// @param id negative for groups; supergroups and channels begin with -100
/// @param type what kind of chat
/// @param title the group's title or the person's name; may be empty
/// @param forum whether it has topics
public record Chat(long id, Type type, String title, boolean forum) {
  /// The kinds of chat; `OTHER` is one that this version does not know.
  public enum Type {
    /// One person and the bot.
    PRIVATE,
    /// A small group.
    GROUP,
    /// A large group; may have topics.
    SUPERGROUP,
    /// A channel.
    CHANNEL,
    /// One that this version does not know.
    OTHER
  }

  /// {@return whether it is a group or a supergroup}
  public boolean isGroup() {
    return type == Type.GROUP || type == Type.SUPERGROUP;
  }
}
