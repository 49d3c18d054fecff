package tg.sim;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/// The methods that only look: at the bot itself, chats, members, files. Used with the [World]'s
/// lock held.
final class InfoMethods {
  private static final int LARGEST_DOWNLOAD = 20 << 20;
  private static final Duration OPEN_AT_LEAST = Duration.ofMinutes(10);

  private final World world;
  private final Addresses addresses;

  InfoMethods(World world, Addresses addresses) {
    this.world = world;
    this.addresses = addresses;
  }

  void addTo(Map<String, Method> methods) {
    methods.put("getme", this::getMe);
    methods.put("close", this::close);
    methods.put("getchat", this::getChat);
    methods.put("getchatmember", this::getChatMember);
    methods.put("getchatmembercount", this::getChatMemberCount);
    methods.put("getchatadministrators", this::getChatAdministrators);
    methods.put("getfile", this::getFile);
  }

  private Answer getMe(Bot bot, Args args) {
    return Answer.of(
        bot.json()
            .add("can_join_groups", true)
            .add("can_read_all_group_messages", !bot.privacy)
            .add("supports_inline_queries", false)
            .add("can_connect_to_business", false)
            .add("has_main_web_app", false));
  }

  private Answer close(Bot bot, Args args) {
    Duration left = Duration.between(world.now(), bot.since.plus(OPEN_AT_LEAST));
    if (left.isPositive()) {
      throw ApiError.tooMany(left.plusMillis(999).toSeconds());
    }
    return Answer.TRUE;
  }

  private Answer getChat(Bot bot, Args args) {
    Chat chat = addresses.chat(bot, args);
    return Answer.of(
        BotJson.chat(world, chat)
            .add("accent_color_id", Math.floorMod(chat.id, 7))
            .add("max_reaction_count", 11));
  }

  private Answer getChatMember(Bot bot, Args args) {
    Chat chat = addresses.chat(bot, args);
    Sender who =
        Fields.number(new JsonObject().add("id", args.text("user_id")), "id")
            .flatMap(world::sender)
            .orElseThrow(() -> ApiError.bad("user not found"));
    return Answer.of(Newsroom.member(who, status(chat, who.id())));
  }

  private static String status(Chat chat, long id) {
    if (chat.admins.contains(id)) {
      return "administrator";
    }
    if (chat.kicked.contains(id)) {
      return "kicked";
    }
    return chat.users.contains(id) || chat.bots.contains(id) ? "member" : "left";
  }

  private Answer getChatMemberCount(Bot bot, Args args) {
    Chat chat = addresses.chat(bot, args);
    return Answer.of(Json.value(chat.users.size() + chat.bots.size()));
  }

  private Answer getChatAdministrators(Bot bot, Args args) {
    Chat chat = addresses.chat(bot, args);
    if (chat.isPrivate()) {
      throw ApiError.bad("there are no administrators in the private chat");
    }
    JsonArray members = new JsonArray();
    for (long admin : chat.admins) {
      world.sender(admin).ifPresent(who -> members.add(Newsroom.member(who, "administrator")));
    }
    return Answer.of(members);
  }

  private Answer getFile(Bot bot, Args args) {
    String id = args.text("file_id");
    if (id.isEmpty()) {
      throw ApiError.bad("file_id not specified");
    }
    StoredFile file = world.files.byFileId(id).orElseThrow(() -> ApiError.bad("invalid file_id"));
    if (file.bytes().length > LARGEST_DOWNLOAD) {
      throw ApiError.bad("file is too big");
    }
    return Answer.of(file.ids().add("file_path", file.path()));
  }
}
