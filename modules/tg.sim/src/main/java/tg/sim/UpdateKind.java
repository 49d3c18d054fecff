package tg.sim;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The kinds of updates that the simulator makes or that a bot may name, and which of them come
/// without being asked for.
final class UpdateKind {
  private static final Set<String> KNOWN =
      Set.of(
          "message",
          "edited_message",
          "channel_post",
          "edited_channel_post",
          "business_connection",
          "business_message",
          "edited_business_message",
          "deleted_business_messages",
          "message_reaction",
          "message_reaction_count",
          "inline_query",
          "chosen_inline_result",
          "callback_query",
          "shipping_query",
          "pre_checkout_query",
          "purchased_paid_media",
          "poll",
          "poll_answer",
          "my_chat_member",
          "chat_member",
          "chat_join_request",
          "chat_boost",
          "removed_chat_boost",
          "stopped_message_generation");

  static final Set<String> DEFAULT = withoutUnusual();

  private UpdateKind() {}

  private static Set<String> withoutUnusual() {
    Set<String> kinds = new HashSet<>(KNOWN);
    kinds.removeAll(List.of("chat_member", "message_reaction", "message_reaction_count"));
    return Set.copyOf(kinds);
  }

  /// {@return the kinds that a list names; all usual ones if it names none that is known}
  static Set<String> named(JsonArray names) {
    Set<String> kinds = new HashSet<>();
    for (JsonValue name : names) {
      kinds.add(Fields.plain(name).strip().toLowerCase(Locale.ROOT));
    }
    kinds.retainAll(KNOWN);
    return kinds.isEmpty() ? DEFAULT : kinds;
  }
}
