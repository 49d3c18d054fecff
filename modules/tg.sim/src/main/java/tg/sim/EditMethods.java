package tg.sim;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The methods that change or delete a message. Used with the [World]'s lock held.
///
/// A call that does not name a keyboard takes the one that is there away.
final class EditMethods {
  private static final Duration DELETABLE = Duration.ofDays(2);
  private static final String NOT_FOUND = "message to edit not found";

  private final World world;
  private final Addresses addresses;
  private final Conversation conversation;

  EditMethods(World world, Addresses addresses, Conversation conversation) {
    this.world = world;
    this.addresses = addresses;
    this.conversation = conversation;
  }

  void addTo(Map<String, Method> methods) {
    methods.put("editmessagetext", this::editText);
    methods.put("editmessagecaption", this::editCaption);
    methods.put("editmessagereplymarkup", this::editReplyMarkup);
    methods.put("deletemessage", this::delete);
    methods.put("deletemessages", this::deleteSeveral);
  }

  private Answer editText(Bot bot, Args args) {
    Formatted parsed = TextArgs.text(args);
    JsonObject markup = Markup.inlineOnly(args);
    Message message = editable(bot, args);
    if (!(message.shown().content() instanceof Content.Text)) {
      throw ApiError.bad("there is no text in the message to edit");
    }
    return edit(message, new Content.Text(TextArgs.finished(parsed)), markup);
  }

  private Answer editCaption(Bot bot, Args args) {
    Formatted parsed = TextArgs.caption(args);
    JsonObject markup = Markup.inlineOnly(args);
    Message message = editable(bot, args);
    if (!(message.shown().content()
        instanceof Content.Attachment(StoredFile file, Formatted old))) {
      throw ApiError.bad("there is no caption in the message to edit");
    }
    return edit(message, new Content.Attachment(file, TextArgs.finishedCaption(parsed)), markup);
  }

  private Answer editReplyMarkup(Bot bot, Args args) {
    JsonObject markup = Markup.inlineOnly(args);
    Message message = editable(bot, args);
    return edit(message, message.shown().content(), markup);
  }

  private Message editable(Bot bot, Args args) {
    if (args.has("inline_message_id") && !args.has("chat_id")) {
      throw ApiError.of(400, "Bad Request: MESSAGE_ID_INVALID");
    }
    Chat chat = addresses.writable(bot, args);
    Message message = addresses.message(chat, args, NOT_FOUND);
    if (!message.isFrom(bot) || message.shown().content() instanceof Content.Service) {
      throw ApiError.bad("message can't be edited");
    }
    return message;
  }

  private Answer edit(Message message, Content content, JsonObject markup) {
    if (message.shown().shows(content, markup)) {
      throw ApiError.bad(
          "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");
    }
    conversation.edit(message, content, markup);
    return Answer.of(BotJson.message(world, message));
  }

  private Answer delete(Bot bot, Args args) {
    Chat chat = addresses.chat(bot, args);
    Message message = addresses.message(chat, args, "message to delete not found");
    if (!deletable(bot, message)) {
      throw ApiError.bad("message can't be deleted");
    }
    conversation.delete(message, false);
    return Answer.TRUE;
  }

  private boolean deletable(Bot bot, Message message) {
    Chat chat = message.chat;
    boolean allowed = message.isFrom(bot) || chat.isPrivate() || chat.admins.contains(bot.id());
    return allowed && message.sentAt().plus(DELETABLE).isAfter(world.now());
  }

  /* Messages that are not there are passed over in silence. */
  private Answer deleteSeveral(Bot bot, Args args) {
    Chat chat = addresses.chat(bot, args);
    JsonValue ids = args.json("message_ids").filter(JsonValue::isArray).orElse(new JsonArray());
    if (ids.asArray().isEmpty()) {
      throw ApiError.bad("message identifiers are not specified");
    }
    if (ids.asArray().size() > 100) {
      throw ApiError.bad("too many message identifiers specified");
    }
    List<Message> found = new ArrayList<>();
    for (JsonValue id : ids.asArray()) {
      String number = Fields.plain(id);
      if (number.matches("[0-9]{1,10}")) {
        Addresses.there(chat, Long.parseLong(number)).ifPresent(found::add);
      }
    }
    if (!found.stream().allMatch(message -> deletable(bot, message))) {
      throw ApiError.bad("message can't be deleted");
    }
    found.forEach(message -> conversation.delete(message, false));
    return Answer.TRUE;
  }
}
