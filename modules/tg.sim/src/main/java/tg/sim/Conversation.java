package tg.sim;

import com.eclipsesource.json.JsonObject;

/// Writing, changing and deleting messages: each is kept, shown to those who look on, and told to
/// the bots. Used with the [World]'s lock held.
final class Conversation {
  private final World world;
  private final Newsroom newsroom;

  Conversation(World world, Newsroom newsroom) {
    this.world = world;
    this.newsroom = newsroom;
  }

  Message post(Chat chat, Sender from, Placement placement, Content content, JsonObject markup) {
    Version first = new Version(world.now(), content, markup);
    Message message = new Message(chat, chat.nextId(), from, placement, first);
    chat.add(message);
    ChatAction action = chat.action;
    if (action != null && action.bot() == from.id()) {
      chat.action = null;
    }
    tell("message", message);
    newsroom.message(message);
    return message;
  }

  /// Puts a message about something that happened.
  Message service(Chat chat, Sender by, Content.Service service) {
    return post(chat, by, Placement.PLAIN, service, new JsonObject());
  }

  void edit(Message message, Content content, JsonObject markup) {
    message.show(new Version(world.now(), content, markup));
    tell("edited", message);
    newsroom.message(message);
  }

  /// @param unnoticed the server goes on as if it were there
  void delete(Message message, boolean unnoticed) {
    message.deletedAt = world.now();
    message.unnoticed = unnoticed;
    tell("deleted", message);
  }

  /// @param emoji empty to take the reaction back
  void react(Message message, Sender by, String emoji) {
    String before = message.reactions.getOrDefault(by, "");
    if (emoji.isEmpty()) {
      message.reactions.remove(by);
    } else {
      message.reactions.put(by, emoji);
    }
    tell("reaction", message);
    if (by instanceof User user && !before.equals(emoji)) {
      newsroom.reaction(message, user, before, emoji);
    }
  }

  private void tell(String event, Message message) {
    world.events.add(event, new JsonObject().add("message", SimJson.message(message)));
  }
}
