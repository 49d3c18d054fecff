package tg.sim;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The verbs of the control API that make and change bots, people, chats and memberships. Used with
/// the [World]'s lock held.
final class PlaceVerbs {
  private final World world;
  private final Places places;
  private final Where where;

  PlaceVerbs(Desk desk) {
    world = desk.world;
    places = desk.places;
    where = new Where(desk);
  }

  void addTo(Map<String, ControlEdge.Verb> verbs) {
    verbs.put("bots", this::bots);
    verbs.put("privacy", this::privacy);
    verbs.put("users", this::users);
    verbs.put("deactivate", body -> SimJson.user(places.deactivate(where.user(body))));
    verbs.put("chats", this::chats);
    verbs.put("topics", this::topics);
    verbs.put("add", this::add);
    verbs.put("kick", body -> chat(places.kick(where.chat(body), where.who(body))));
    verbs.put(
        "promote",
        body ->
            chat(places.promote(where.chat(body), where.who(body), Fields.flag(body, "admin"))));
    verbs.put("mute", body -> chat(places.mute(where.chat(body), Fields.flag(body, "on"))));
    verbs.put("block", body -> chat(places.block(where.bot(body), where.user(body), true)));
    verbs.put("unblock", body -> chat(places.block(where.bot(body), where.user(body), false)));
    verbs.put("migrate", body -> chat(places.migrate(where.chat(body))));
    verbs.put("dissolve", body -> chat(places.dissolve(where.chat(body))));
  }

  private JsonValue chat(Chat chat) {
    return SimJson.chat(world, chat);
  }

  private JsonValue bots(JsonObject body) {
    String token = Where.text(body, "token");
    Token.check(token);
    Bot bot =
        world.bot(token).orElseThrow(() -> SimException.invalid("That bot has another token"));
    Fields.text(body, "first_name").ifPresent(name -> bot.firstName = name);
    Fields.text(body, "username").ifPresent(name -> bot.username = name);
    world.tell(bot);
    return SimJson.bot(bot);
  }

  private JsonValue privacy(JsonObject body) {
    Bot bot = where.bot(body);
    bot.privacy = Fields.flag(body, "on");
    world.tell(bot);
    return SimJson.bot(bot);
  }

  private JsonValue users(JsonObject body) {
    String name = Where.text(body, "first_name");
    long id = Fields.number(body, "id").orElseGet(world::nextUserId);
    if (id <= 0 || world.sender(id).isPresent()) {
      throw SimException.invalid(
          "User id " + id + " is taken or not positive; leave it out to get the next one");
    }
    User user =
        new User(
            id,
            name,
            Fields.text(body, "last_name").orElse(""),
            Fields.text(body, "username").orElse(""),
            Fields.text(body, "language_code").orElse(""),
            false);
    return SimJson.user(world.put(user));
  }

  private JsonValue chats(JsonObject body) {
    ChatKind kind = ChatKind.of(Where.text(body, "type"));
    if (kind == ChatKind.PRIVATE) {
      return chat(world.privateChat(where.bot(body), where.user(body)));
    }
    List<Long> users = ids(body, "users");
    List<Bot> bots = ids(body, "bots").stream().map(places::bot).toList();
    List<Long> members = users.isEmpty() ? List.of(world.ann().id()) : users;
    Chat chat = places.create(kind, Where.text(body, "title"), Fields.flag(body, "forum"), members);
    bots.forEach(bot -> places.add(chat, bot));
    return chat(chat);
  }

  private static List<Long> ids(JsonObject body, String name) {
    List<Long> ids = new ArrayList<>();
    for (JsonValue id : Fields.array(body, name).orElseGet(JsonArray::new)) {
      ids.add(Where.number(new JsonObject().add(name, id), name));
    }
    return ids;
  }

  private JsonValue topics(JsonObject body) {
    String name = Where.text(body, "name");
    return new JsonObject().add("id", places.topic(where.chat(body), name)).add("name", name);
  }

  private JsonValue add(JsonObject body) {
    Chat chat = where.chat(body);
    return chat(
        switch (where.who(body)) {
          case Bot bot -> places.add(chat, bot);
          case User user -> places.add(chat, user);
        });
  }
}
