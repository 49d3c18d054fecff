package tg.api;

/// Something that happened. Immutable. Each kind holds only its own data; `id` is Telegram's
/// `update_id`.
public sealed interface Update {
  /// {@return Telegram's `update_id`: unique per bot, but not monotonic for ever}
  long id();

  /// {@return the chat in which it happened, or 0 when in none; updates of one chat are handled in
  /// order}
  long chat();

  /// {@return what a webhook was told: one update as JSON. One that cannot be read is {@link
  /// Unreadable}; when not even its number can be, it has a negative one that is the same for the
  /// same text}
  static Update read(String json) {
    return Batch.decode(json, -1L - Integer.toUnsignedLong(json.hashCode()));
  }

  /// Somebody wrote to the bot.
  ///
  /// @param id the `update_id`
  /// @param message the message
  record NewMessage(long id, Message message) implements Update {
    @Override
    public long chat() {
      return message.chat().id();
    }
  }

  /// Somebody changed a message.
  ///
  /// @param id the `update_id`
  /// @param message as it is now
  record EditedMessage(long id, Message message) implements Update {
    @Override
    public long chat() {
      return message.chat().id();
    }
  }

  /// Somebody pressed an inline button.
  ///
  /// @param id the `update_id`
  /// @param query to be answered with {@link Call.AnswerCallback}, within seconds
  /// @param from who pressed
  /// @param message under which message; its chat is 0 when Telegram does not say
  /// @param data what the button carries; up to 64 bytes
  record ButtonPress(long id, String query, User from, MessageRef message, String data)
      implements Update {
    @Override
    public long chat() {
      return message.chat();
    }
  }

  /// The bot was added, removed, blocked or unblocked.
  ///
  /// @param id the `update_id`
  /// @param chat the chat's id
  /// @param by who did it
  /// @param present whether the bot can speak there now
  /// @param channel whether it is a channel
  record Membership(long id, long chat, User by, boolean present, boolean channel)
      implements Update {}

  /// A group became a supergroup: its id changed.
  ///
  /// @param id the `update_id`
  /// @param chat the old id
  /// @param to the new id
  record Migrated(long id, long chat, long to) implements Update {}

  /// A kind of update that this version does not use.
  ///
  /// @param id the `update_id`
  /// @param kind Telegram's name of it
  record Other(long id, String kind) implements Update {
    @Override
    public long chat() {
      return 0;
    }
  }

  /// An update that could not be read. It must be kept where somebody sees it, and confirmed.
  ///
  /// @param id the `update_id`
  /// @param reason what is wrong with it
  /// @param raw the JSON as it came, cut to 64 KiB
  record Unreadable(long id, String reason, String raw) implements Update {
    @Override
    public long chat() {
      return 0;
    }
  }
}
