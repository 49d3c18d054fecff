package tg.sim;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads where a new message goes: which message it answers, and in which topic. Used with the
/// [World]'s lock held.
final class Placements {
  /// What a call wants to answer. Immutable.
  ///
  /// @param message its id, 0 for none
  /// @param chat the id of another chat, or empty
  /// @param optional whether the message is to be sent without, when the target is gone
  private record Wish(long message, String chat, boolean optional, String quote) {
    static final Wish NONE = new Wish(0, "", false, "");
  }

  private final World world;

  Placements(World world) {
    this.world = world;
  }

  Placement of(Chat chat, Args args) {
    Wish wish = wish(args);
    int thread = thread(chat, args);
    Message target = target(chat, wish);
    if (thread == 0 && target != null) {
      thread = target.placement.thread();
    }
    return new Placement(target, thread, args.flag("disable_notification"));
  }

  /// {@return the topic that `message_thread_id` names, 0 for General and where there are no
  /// topics}
  static int thread(Chat chat, Args args) {
    int thread = args.integer("message_thread_id", 0, 0, Integer.MAX_VALUE);
    boolean ignored = !chat.forum && !chat.isPrivate();
    if (thread == 0 || ignored) {
      return 0;
    }
    if (!chat.topics.containsKey(thread)) {
      throw ApiError.bad("message thread not found");
    }
    return thread;
  }

  private static Wish wish(Args args) {
    if (!args.has("reply_parameters")) {
      long id = args.integer("reply_to_message_id", 0, 0, Integer.MAX_VALUE);
      return new Wish(id, "", args.flag("allow_sending_without_reply"), "");
    }
    JsonValue value =
        args.json("reply_parameters")
            .orElseThrow(() -> ApiError.bad("Can't parse reply parameters JSON object"));
    if (!value.isObject()) {
      throw ApiError.bad("Object expected as reply parameters");
    }
    JsonObject json = value.asObject();
    long id = Fields.number(json, "message_id").orElse(0L);
    return id <= 0
        ? Wish.NONE
        : new Wish(
            id,
            Fields.of(json, "chat_id").map(Fields::plain).orElse(""),
            Fields.flag(json, "allow_sending_without_reply"),
            Fields.text(json, "quote").orElse(""));
  }

  private @Nullable Message target(Chat chat, Wish wish) {
    if (wish.message == 0) {
      return null;
    }
    boolean elsewhere = !wish.chat.isEmpty() && !wish.chat.equals(String.valueOf(chat.id));
    Optional<Chat> in = elsewhere ? world.chat(wish.chat) : Optional.of(chat);
    Optional<Message> target = in.flatMap(there -> Addresses.there(there, wish.message));
    if (target.isEmpty()) {
      if (wish.optional && !elsewhere) {
        return null;
      }
      throw ApiError.bad("message to be replied not found");
    }
    if (!target.get().shown().content().text().text().contains(wish.quote)) {
      throw ApiError.of(400, "Bad Request: QUOTE_TEXT_INVALID");
    }
    return elsewhere ? null : target.get();
  }
}
