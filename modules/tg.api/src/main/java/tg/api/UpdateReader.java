package tg.api;

import java.util.List;
import java.util.stream.Stream;

/// Makes an update from the Bot API's object, or throws {@link Malformed}.
final class UpdateReader {
  /// What we ask Telegram for; any other kind becomes {@link Update.Other}.
  static final List<String> KINDS =
      List.of("message", "edited_message", "callback_query", "my_chat_member");

  private UpdateReader() {}

  static Update update(Fields update) {
    long id = update.whole("update_id");
    var kind =
        Stream.concat(KINDS.stream(), update.json().names().stream())
            .filter(name -> !name.equals("update_id") && update.has(name))
            .findFirst()
            .orElse("");
    return switch (kind) {
      case "message" -> message(id, update.object(kind));
      case "edited_message" ->
          new Update.EditedMessage(id, MessageReader.message(update.object(kind)));
      case "callback_query" -> press(id, update.object(kind));
      case "my_chat_member" -> membership(id, update.object(kind));
      default -> new Update.Other(id, kind);
    };
  }

  private static Update message(long id, Fields message) {
    if (message.has("migrate_to_chat_id")) {
      long chat = message.object("chat").whole("id");
      return new Update.Migrated(id, chat, message.whole("migrate_to_chat_id"));
    }
    return new Update.NewMessage(id, MessageReader.message(message));
  }

  private static Update press(long id, Fields query) {
    if (!query.has("data")) {
      return new Update.Other(id, "callback_query"); // the button of a game, which carries no data
    }
    var message = query.objectOrNull("message");
    return new Update.ButtonPress(
        id,
        query.word("id"),
        MessageReader.user(query.object("from")),
        message == null ? new MessageRef(0, 0, 0) : MessageReader.ref(message),
        query.word("data"));
  }

  private static Update membership(long id, Fields change) {
    long chat = change.object("chat").whole("id");
    var by = MessageReader.user(change.object("from"));
    var now = change.object("new_chat_member");
    boolean channel = change.object("chat").wordOrEmpty("type").equals("channel");
    var status = now.word("status");
    return switch (status) {
      case "creator", "administrator", "member", "restricted", "left", "kicked" ->
          new Update.Membership(id, chat, by, present(status, now), channel);
      default -> new Update.Other(id, "my_chat_member");
    };
  }

  private static boolean present(String status, Fields now) {
    return switch (status) {
      case "left", "kicked" -> false;
      case "restricted" -> now.flag("is_member") && now.flag("can_send_messages");
      default -> true;
    };
  }
}
