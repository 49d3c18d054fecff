package tg.sim;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// The methods that say something without a message: actions, drafts, reactions, answers to pressed
/// buttons. Used with the [World]'s lock held.
final class SignalMethods {
  private static final Duration ACTION = Duration.ofSeconds(5);
  private static final Duration DRAFT = Duration.ofSeconds(30);
  private static final int ANSWER_LENGTH = 200;

  private final World world;
  private final Addresses addresses;
  private final Conversation conversation;
  private final Duration answerWindow;

  SignalMethods(
      World world, Addresses addresses, Conversation conversation, Duration answerWindow) {
    this.world = world;
    this.addresses = addresses;
    this.conversation = conversation;
    this.answerWindow = answerWindow;
  }

  void addTo(Map<String, Method> methods) {
    methods.put("sendchataction", this::sendChatAction);
    methods.put("sendmessagedraft", this::sendMessageDraft);
    methods.put("setmessagereaction", this::setMessageReaction);
    methods.put("answercallbackquery", this::answerCallbackQuery);
  }

  private Answer sendChatAction(Bot bot, Args args) {
    Chat chat = addresses.writable(bot, args);
    int thread = args.integer("message_thread_id", 0, 0, Integer.MAX_VALUE);
    if (thread > 1) {
      thread = Placements.thread(chat, args);
    }
    String action = action(args.text("action").strip().toLowerCase(Locale.ROOT));
    if (chat.kind == ChatKind.CHANNEL) {
      throw ApiError.bad("chat actions can't be sent to channels");
    }
    boolean cancel = action.equals("cancel");
    Instant until = cancel ? world.now() : world.now().plus(ACTION);
    ChatAction shown = new ChatAction(bot.id(), action, thread > 1 ? thread : 0, until);
    chat.action = cancel ? null : shown;
    world.events.add("action", new JsonObject().add("chat", chat.key).merge(shown.json()));
    return Answer.TRUE;
  }

  private static String action(String name) {
    return switch (name) {
      case "typing",
          "upload_photo",
          "record_video",
          "upload_video",
          "record_voice",
          "upload_voice",
          "upload_document",
          "choose_sticker",
          "find_location",
          "record_video_note",
          "upload_video_note",
          "cancel" ->
          name;
      case "record_audio" -> "record_voice";
      case "upload_audio" -> "upload_voice";
      case "pick_up_location" -> "find_location";
      default -> throw ApiError.bad("wrong parameter action in request");
    };
  }

  private Answer sendMessageDraft(Bot bot, Args args) {
    Formatted text = TextArgs.draft(args);
    Chat chat = addresses.writable(bot, args);
    if (!chat.isPrivate()) {
      throw ApiError.bad("message drafts can be sent only to private chats");
    }
    int id = args.integer("draft_id", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
    if (id == 0) {
      throw ApiError.bad("draft identifier is not specified");
    }
    JsonObject draft =
        new JsonObject()
            .add("chat", chat.key)
            .add("bot", bot.id())
            .add("draft_id", id)
            .add("text", text.text());
    int thread = Placements.thread(chat, args);
    if (thread != 0) {
      draft.add("thread", thread);
    }
    SimJson.time(draft, "until_at", world.now().plus(DRAFT));
    world.events.add("draft", draft);
    return Answer.TRUE;
  }

  private Answer setMessageReaction(Bot bot, Args args) {
    Chat chat = addresses.writable(bot, args);
    Message message = addresses.message(chat, args, "message to react not found");
    String emoji = "";
    JsonValue reactions = args.json("reaction").orElse(null);
    if (reactions != null && reactions.isArray() && !reactions.asArray().isEmpty()) {
      if (reactions.asArray().size() > 1) {
        throw ApiError.of(400, "Bad Request: REACTIONS_TOO_MANY");
      }
      JsonValue reaction = reactions.asArray().get(0);
      emoji = reaction.isObject() ? Fields.text(reaction.asObject(), "emoji").orElse("") : "";
      if (!Reactions.allowed(emoji)) {
        throw ApiError.of(400, "Bad Request: REACTION_INVALID");
      }
    }
    conversation.react(message, bot, emoji);
    return Answer.TRUE;
  }

  private Answer answerCallbackQuery(Bot bot, Args args) {
    String text = args.text("text");
    Callback callback =
        world
            .callbacks
            .get(args.text("callback_query_id"))
            .filter(pressed -> pressed.message.isFrom(bot) && pressed.answeredAt == null)
            .filter(pressed -> pressed.at.plus(answerWindow).isAfter(world.now()))
            .orElseThrow(() ->
                ApiError.bad(
                    "query is too old and response timeout expired or query ID is invalid"));
    if (text.codePointCount(0, text.length()) > ANSWER_LENGTH) {
      throw ApiError.of(400, "Bad Request: MESSAGE_TOO_LONG");
    }
    callback.answeredAt = world.now();
    callback.text = text;
    callback.alert = args.flag("show_alert");
    callback.url = args.text("url");
    world.events.add("callback_answered", SimJson.callback(callback));
    return Answer.TRUE;
  }
}
