package tg.sim;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What people do in chats: write, press, change, delete, react. Used with the [World]'s lock held.
final class People {
  private final World world;
  private final Newsroom newsroom;
  private final Conversation conversation;

  People(World world, Newsroom newsroom, Conversation conversation) {
    this.world = world;
    this.newsroom = newsroom;
    this.conversation = conversation;
  }

  Message say(Chat chat, Speech speech) {
    User user = writer(chat, speech.from());
    Message target = speech.replyTo() == 0 ? null : message(chat, speech.replyTo());
    int thread =
        speech.thread() != 0
            ? topic(chat, speech.thread())
            : target == null ? 0 : target.placement.thread();
    Content content = content(speech);
    chat.started = true;
    Placement placement = new Placement(target, thread, false);
    return conversation.post(chat, user, placement, content, new JsonObject());
  }

  private User writer(Chat chat, long from) {
    User user = member(chat, from);
    if (chat.dissolved || chat.migratedTo != null) {
      throw SimException.invalid(
          "Nobody can write in " + chat.key + " any more: it was deleted or upgraded");
    }
    if (chat.blocked) {
      throw SimException.invalid(user.name() + " has blocked the bot; unblock it first");
    }
    if (user.deactivated()) {
      throw SimException.invalid(user.name() + " is deactivated and cannot write");
    }
    if (chat.muted && !chat.admins.contains(user.id())) {
      throw SimException.invalid(
          "Only administrators may write in " + chat.key + "; promote the user or end the mute");
    }
    return user;
  }

  /// {@return the member of that id, or the first one when it is 0}
  User member(Chat chat, long id) {
    long wanted =
        id != 0
            ? id
            : chat.users.stream()
                .findFirst()
                .orElseThrow(() -> SimException.invalid("Nobody is in " + chat.key));
    if (!chat.users.contains(wanted)) {
      throw SimException.invalid(
          "User " + wanted + " is not in " + chat.key + "; add the user first");
    }
    return world.user(wanted).orElseThrow(() -> SimException.missing("No user " + wanted));
  }

  static Message message(Chat chat, long id) {
    Message message = chat.message(id);
    if (message == null) {
      throw SimException.missing("No message " + id + " in " + chat.key);
    }
    return message;
  }

  private static Message there(Chat chat, long id) {
    Message message = message(chat, id);
    if (message.deletedAt != null) {
      throw SimException.invalid("Message " + id + " in " + chat.key + " is deleted");
    }
    return message;
  }

  private static int topic(Chat chat, int thread) {
    if (!chat.topics.containsKey(thread)) {
      throw SimException.missing("No topic " + thread + " in " + chat.key);
    }
    return thread;
  }

  private Content content(Speech speech) {
    Formatted text = Formatted.plain(speech.text()).trimmed().withFound();
    int most = speech.file().isPresent() ? 1_024 : 4_096;
    if (text.codePoints() > most) {
      throw SimException.invalid(
          "The text is longer than " + most + " characters; people's apps split it");
    }
    if (speech.file().isEmpty()) {
      if (text.isEmpty()) {
        throw SimException.invalid("Say something: the text is empty");
      }
      return new Content.Text(text);
    }
    Upload file = speech.file().get();
    if (!speech.photo()) {
      return new Content.Attachment(world.files.document(file), text);
    }
    return new Content.Attachment(
        world
            .files
            .photo(file)
            .orElseThrow(() -> SimException.invalid("The photo is no PNG, JPEG or GIF file")),
        text);
  }

  Message edit(Chat chat, long id, String text) {
    Message message = users(chat, id);
    Formatted formatted = Formatted.plain(text).trimmed().withFound();
    Content content =
        switch (message.shown().content()) {
          case Content.Attachment(StoredFile file, Formatted old) ->
              new Content.Attachment(file, formatted);
          case Content.Text old -> new Content.Text(formatted);
          case Content.Service service ->
              throw SimException.invalid("A service message cannot be edited");
        };
    if (formatted.isEmpty() && content instanceof Content.Text) {
      throw SimException.invalid("The new text is empty; delete the message instead");
    }
    conversation.edit(message, content, new JsonObject());
    return message;
  }

  private static Message users(Chat chat, long id) {
    Message message = there(chat, id);
    if (message.from instanceof Bot) {
      throw SimException.invalid("Message " + id + " is the bot's; only it can edit that");
    }
    return message;
  }

  Message delete(Chat chat, long id, boolean unnoticed) {
    Message message = there(chat, id);
    conversation.delete(message, unnoticed);
    return message;
  }

  Message react(Chat chat, long id, long from, String emoji) {
    Message message = there(chat, id);
    conversation.react(message, member(chat, from), emoji);
    return message;
  }

  /// Presses the button that has this data.
  Callback press(Chat chat, long id, long from, String data) {
    Message message = there(chat, id);
    boolean found =
        buttons(message).anyMatch(button -> data.equals(button.getString("callback_data", "")));
    if (!found) {
      throw SimException.missing(
          "Message " + id + " in " + chat.key + " has no button with data \"" + data + "\"");
    }
    Sender by = member(chat, from);
    String callbackId = String.valueOf(Math.abs(world.random().nextLong() | 1L << 62));
    Callback callback = new Callback(callbackId, message, by, data, world.now());
    world.callbacks.add(callback);
    world.events.add("callback", SimJson.callback(callback));
    newsroom.callback(callback);
    return callback;
  }

  /// {@return the data of the button at a place of the keyboard}
  static String dataAt(Chat chat, long id, int row, int column) {
    List<JsonObject> buttons =
        rows(there(chat, id))
            .skip(row)
            .limit(1)
            .flatMap(People::objects)
            .skip(column)
            .limit(1)
            .toList();
    return Optional.of(buttons)
        .filter(found -> !found.isEmpty())
        .flatMap(found -> Fields.text(found.getFirst(), "callback_data"))
        .orElseThrow(() ->
            SimException.missing(
                "Message "
                    + id
                    + " in "
                    + chat.key
                    + " has no callback button at row "
                    + row
                    + ", column "
                    + column));
  }

  static Stream<JsonObject> buttons(Message message) {
    return rows(message).flatMap(People::objects);
  }

  private static Stream<JsonArray> rows(Message message) {
    @Nullable JsonValue rows = message.keyboard().get("inline_keyboard");
    return rows == null ? Stream.empty() : rows.asArray().values().stream().map(JsonValue::asArray);
  }

  private static Stream<JsonObject> objects(JsonArray row) {
    return row.values().stream().map(JsonValue::asObject);
  }
}
