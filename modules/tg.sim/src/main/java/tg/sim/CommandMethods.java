package tg.sim;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.Map;
import java.util.Set;

/// The methods for a bot's lists of commands. Used with the [World]'s lock held.
final class CommandMethods {
  private static final Set<String> SCOPES =
      Set.of(
          "default",
          "all_private_chats",
          "all_group_chats",
          "all_chat_administrators",
          "chat",
          "chat_administrators",
          "chat_member");

  private final World world;

  CommandMethods(World world) {
    this.world = world;
  }

  void addTo(Map<String, Method> methods) {
    methods.put("setmycommands", this::set);
    methods.put("getmycommands", this::get);
    methods.put("deletemycommands", this::delete);
  }

  private Answer set(Bot bot, Args args) {
    JsonArray commands = new JsonArray();
    if (args.has("commands")) {
      JsonValue list =
          args.json("commands").orElseThrow(() -> ApiError.bad("Can't parse commands JSON object"));
      if (!list.isArray()) {
        throw ApiError.bad("Expected an Array of BotCommand");
      }
      list.asArray().forEach(command -> commands.add(command(command)));
    }
    if (commands.size() > 100) {
      throw ApiError.of(400, "Bad Request: BOT_COMMANDS_TOO_MUCH");
    }
    bot.commands.set(scope(args), language(args), commands);
    world.tell(bot);
    return Answer.TRUE;
  }

  private Answer get(Bot bot, Args args) {
    return Answer.of(bot.commands.get(scope(args), language(args)));
  }

  private Answer delete(Bot bot, Args args) {
    bot.commands.set(scope(args), language(args), new JsonArray());
    world.tell(bot);
    return Answer.TRUE;
  }

  private static JsonObject command(JsonValue value) {
    if (!value.isObject()) {
      throw ApiError.bad("Can't parse BotCommand: expected an Object");
    }
    String command = field(value.asObject(), "command").strip();
    String description = field(value.asObject(), "description").strip();
    command = command.startsWith("/") ? command.substring(1) : command;
    check(!command.isEmpty(), "Command must be non-empty");
    check(command.codePointCount(0, command.length()) <= 32, "Command length must not exceed 32");
    check(!description.isEmpty(), "Command description must be non-empty");
    check(
        description.codePointCount(0, description.length()) <= 256,
        "Command description length must not exceed 256");
    if (!command.matches("[a-z0-9_]+")) {
      throw ApiError.of(400, "Bad Request: BOT_COMMAND_INVALID");
    }
    return new JsonObject().add("command", command).add("description", description);
  }

  private static String field(JsonObject json, String name) {
    return Fields.text(json, name)
        .orElseThrow(
            () -> ApiError.bad("Can't parse BotCommand: Can't find field \"" + name + "\""));
  }

  private static void check(boolean good, String otherwise) {
    if (!good) {
      throw ApiError.bad(otherwise);
    }
  }

  private static String scope(Args args) {
    if (!args.has("scope")) {
      return "default";
    }
    JsonObject scope =
        args.json("scope")
            .filter(JsonValue::isObject)
            .map(JsonValue::asObject)
            .orElseThrow(() -> ApiError.bad("Can't parse BotCommandScope: Object expected"));
    String type = Fields.text(scope, "type").orElse("");
    if (!SCOPES.contains(type)) {
      throw ApiError.bad("Can't parse BotCommandScope: unsupported type specified");
    }
    String chat = Fields.of(scope, "chat_id").map(Fields::plain).orElse("");
    String user = Fields.of(scope, "user_id").map(Fields::plain).orElse("");
    return type.startsWith("chat") ? type + ":" + chat + ":" + user : type;
  }

  private static String language(Args args) {
    String language = args.text("language_code");
    if (!language.isEmpty() && !language.matches("[a-z]{2}")) {
      throw ApiError.bad("Invalid language code specified");
    }
    return language;
  }
}
