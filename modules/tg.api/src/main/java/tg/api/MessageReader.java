package tg.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Makes messages, chats and users from the Bot API's objects. What our records need must be there
/// and have its type, else {@link Malformed}; everything else is not looked at.
final class MessageReader {
  private MessageReader() {}

  static Message message(Fields message) {
    var from = message.objectOrNull("from");
    boolean captioned = !message.has("text") && message.has("caption");
    return new Message(
        ref(message),
        chat(message.object("chat")),
        from == null ? null : user(from),
        instant(message, "date"),
        message.wordOrEmpty(captioned ? "caption" : "text"),
        message.objects(captioned ? "caption_entities" : "entities").stream()
            .map(MessageReader::entity)
            .toList(),
        file(message));
  }

  /// Where a message is. An InaccessibleMessage has that much, too.
  static MessageRef ref(Fields message) {
    // Outside of topics, message_thread_id is only the start of a chain of replies.
    int topic = message.flag("is_topic_message") ? message.small("message_thread_id") : 0;
    return new MessageRef(message.object("chat").whole("id"), message.small("message_id"), topic);
  }

  static User user(Fields user) {
    return new User(
        user.whole("id"),
        user.flag("is_bot"),
        name(user),
        user.wordOrEmpty("username"),
        user.wordOrEmpty("language_code"));
  }

  private static Chat chat(Fields chat) {
    var type =
        switch (chat.word("type")) {
          case "private" -> Chat.Type.PRIVATE;
          case "group" -> Chat.Type.GROUP;
          case "supergroup" -> Chat.Type.SUPERGROUP;
          case "channel" -> Chat.Type.CHANNEL;
          default -> Chat.Type.OTHER;
        };
    var title = chat.has("title") ? chat.word("title") : name(chat);
    return new Chat(chat.whole("id"), type, title, chat.flag("is_forum"));
  }

  private static String name(Fields person) {
    return (person.wordOrEmpty("first_name") + " " + person.wordOrEmpty("last_name")).strip();
  }

  private static Message.Entity entity(Fields entity) {
    return new Message.Entity(entity.word("type"), entity.small("offset"), entity.small("length"));
  }

  private static Message.@Nullable FileRef file(Fields message) {
    var document = message.objectOrNull("document");
    if (document != null) {
      return fileRef(document);
    }
    return message.objects("photo").stream()
        .max(Comparator.comparingLong(MessageReader::area))
        .map(MessageReader::fileRef)
        .orElse(null);
  }

  private static long area(Fields photo) {
    return (long) photo.small("width") * photo.small("height");
  }

  private static Message.FileRef fileRef(Fields file) {
    return new Message.FileRef(
        file.word("file_id"),
        file.wordOrEmpty("file_name"),
        file.wordOrEmpty("mime_type"),
        file.wholeOr("file_size", -1));
  }

  private static Instant instant(Fields fields, String name) {
    try {
      return Instant.ofEpochSecond(fields.whole(name));
    } catch (DateTimeException _) {
      throw new Malformed(fields.path() + "." + name + " is not a time");
    }
  }
}
