package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.util.Map;

/// The methods that put a new message into a chat. Used with the [World]'s lock held.
final class SendMethods {
  private static final int PHOTO_BYTES = 10 << 20;
  private static final int FILE_BYTES = 50 << 20;

  private final World world;
  private final Addresses addresses;
  private final Placements placements;
  private final Conversation conversation;

  SendMethods(World world, Addresses addresses, Conversation conversation) {
    this.world = world;
    this.addresses = addresses;
    this.placements = new Placements(world);
    this.conversation = conversation;
  }

  void addTo(Map<String, Method> methods) {
    methods.put("sendmessage", this::sendMessage);
    methods.put("senddocument", this::sendDocument);
    methods.put("sendphoto", this::sendPhoto);
    methods.put("copymessage", this::copyMessage);
  }

  private Answer sendMessage(Bot bot, Args args) {
    Formatted parsed = TextArgs.text(args);
    JsonObject markup = Markup.any(args);
    Chat chat = addresses.writable(bot, args);
    Placement placement = placements.of(chat, args);
    return post(bot, chat, placement, new Content.Text(TextArgs.finished(parsed)), markup);
  }

  private Answer sendDocument(Bot bot, Args args) {
    return sendFile(bot, args, "document");
  }

  private Answer sendPhoto(Bot bot, Args args) {
    return sendFile(bot, args, "photo");
  }

  private Answer sendFile(Bot bot, Args args, String field) {
    if (args.upload(field).isEmpty() && !args.has(field)) {
      throw ApiError.bad("there is no " + field + " in the request");
    }
    Formatted parsed = TextArgs.caption(args);
    JsonObject markup = Markup.any(args);
    Chat chat = addresses.writable(bot, args);
    Placement placement = placements.of(chat, args);
    Formatted caption = TextArgs.finishedCaption(parsed);
    return post(bot, chat, placement, new Content.Attachment(file(args, field), caption), markup);
  }

  private StoredFile file(Args args, String field) {
    Upload upload = args.upload(field).orElse(null);
    boolean photo = field.equals("photo");
    if (upload == null) {
      String id = args.text(field);
      StoredFile known =
          world
              .files
              .byFileId(id)
              .orElseThrow(() -> ApiError.bad("wrong file identifier/HTTP URL specified"));
      if (known.photo() != photo) {
        throw ApiError.bad("can't use file of type " + type(known.photo()) + " as " + type(photo));
      }
      return known;
    }
    if (upload.bytes().length == 0) {
      throw ApiError.bad("file must be non-empty");
    }
    if (upload.bytes().length > (photo ? PHOTO_BYTES : FILE_BYTES)) {
      throw ApiError.of(413, "Request Entity Too Large");
    }
    return photo
        ? world
            .files
            .photo(upload)
            .orElseThrow(() -> ApiError.of(400, "Bad Request: IMAGE_PROCESS_FAILED"))
        : world.files.document(upload);
  }

  private static String type(boolean photo) {
    return photo ? "Photo" : "Document";
  }

  private Answer copyMessage(Bot bot, Args args) {
    JsonObject markup = Markup.any(args);
    Args source =
        new Args(
            Map.of("chat_id", args.text("from_chat_id"), "message_id", args.text("message_id")),
            Map.of());
    Message original =
        addresses.message(addresses.chat(bot, source), source, "message to copy not found");
    if (original.shown().content() instanceof Content.Service) {
      throw ApiError.bad("message can't be copied");
    }
    Chat chat = addresses.writable(bot, args);
    Message copy =
        conversation.post(chat, bot, placements.of(chat, args), original.shown().content(), markup);
    return Answer.of(new JsonObject().add("message_id", copy.id));
  }

  private Answer post(Bot bot, Chat chat, Placement placement, Content content, JsonObject markup) {
    Message message = conversation.post(chat, bot, placement, content, markup);
    return Answer.of(BotJson.message(world, message));
  }
}
