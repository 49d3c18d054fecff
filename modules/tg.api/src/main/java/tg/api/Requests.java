package tg.api;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.pengrad.telegrambot.request.AnswerCallbackQuery;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.request.DeleteMessage;
import com.pengrad.telegrambot.request.DeleteWebhook;
import com.pengrad.telegrambot.request.EditMessageReplyMarkup;
import com.pengrad.telegrambot.request.EditMessageText;
import com.pengrad.telegrambot.request.GetChatMember;
import com.pengrad.telegrambot.request.GetFile;
import com.pengrad.telegrambot.request.GetMe;
import com.pengrad.telegrambot.request.GetUpdates;
import com.pengrad.telegrambot.request.GetWebhookInfo;
import com.pengrad.telegrambot.request.SendChatAction;
import com.pengrad.telegrambot.request.SendDocument;
import com.pengrad.telegrambot.request.SendMessage;
import com.pengrad.telegrambot.request.SendMessageDraft;
import com.pengrad.telegrambot.request.SendPhoto;
import com.pengrad.telegrambot.request.SetMessageReaction;
import com.pengrad.telegrambot.request.SetMyCommands;
import com.pengrad.telegrambot.request.SetWebhook;
import java.time.Duration;
import java.util.List;
import tg.text.RichText;

/// Makes pengrad's request of each of our calls. Every call gets a request of its own, because they
/// are mutable.
///
/// Structured parameters are put in as JSON text: given as pengrad's own types they would need
/// Gson, and the adapters that pengrad registers with it cost more at start than everything else
/// here.
final class Requests {
  private Requests() {}

  static BaseRequest<?, ?> of(Call<?> call) {
    return switch (call) {
      case Call.GetMe _ -> new GetMe();
      case Call.SendMessage send -> sendMessage(send);
      case Call.EditText edit -> editText(edit);
      case Call.EditButtons edit ->
          buttons(
              new EditMessageReplyMarkup(edit.message().chat(), edit.message().message()),
              edit.buttons());
      case Call.Delete delete ->
          new DeleteMessage(delete.message().chat(), delete.message().message());
      case Call.ChatAction action -> chatAction(action);
      case Call.Draft draft -> draft(draft);
      case Call.AnswerCallback answer -> answerCallback(answer);
      case Call.SendDocument send -> sendDocument(send);
      case Call.SendPhoto send -> sendPhoto(send);
      case Call.GetFile get -> new GetFile(get.file().id());
      case Call.SetCommands set -> setCommands(set);
      case Call.IsAdmin ask -> new GetChatMember(ask.chat(), ask.user());
      case Call.React react -> react(react);
      case Call.DeleteWebhook _ -> new DeleteWebhook();
      case Call.SetWebhook set -> setWebhook(set);
      case Call.WebhookInfo _ -> new GetWebhookInfo();
    };
  }

  static BaseRequest<?, ?> updates(long offset, int limit, Duration timeout) {
    var request = new GetUpdates().limit(limit).timeout((int) timeout.toSeconds());
    put(request, "offset", offset);
    return put(request, "allowed_updates", kinds());
  }

  private static BaseRequest<?, ?> setWebhook(Call.SetWebhook set) {
    var request = new SetWebhook().url(set.url().toString()).secretToken(set.secret());
    put(request, "max_connections", set.connections());
    return put(request, "allowed_updates", kinds());
  }

  private static String kinds() {
    var kinds = new JsonArray();
    UpdateReader.KINDS.forEach(kinds::add);
    return kinds.toString();
  }

  private static BaseRequest<?, ?> sendMessage(Call.SendMessage send) {
    var request = new SendMessage(send.target().chat(), send.text().text());
    target(request, send.target());
    styles(request, "entities", send.text());
    buttons(request, send.buttons());
    return send.silent() ? put(request, "disable_notification", true) : request;
  }

  private static BaseRequest<?, ?> editText(Call.EditText edit) {
    var message = edit.message();
    var request = new EditMessageText(message.chat(), message.message(), edit.text().text());
    styles(request, "entities", edit.text());
    return buttons(request, edit.buttons());
  }

  private static BaseRequest<?, ?> chatAction(Call.ChatAction action) {
    var request = new SendChatAction(action.chat(), action.action());
    return action.topic() == 0 ? request : request.messageThreadId(action.topic());
  }

  private static BaseRequest<?, ?> draft(Call.Draft draft) {
    var request = new SendMessageDraft(draft.chat(), draft.draft(), draft.text());
    return draft.topic() == 0 ? request : request.messageThreadId(draft.topic());
  }

  private static BaseRequest<?, ?> answerCallback(Call.AnswerCallback answer) {
    var request = new AnswerCallbackQuery(answer.query());
    if (!answer.text().isEmpty()) {
      request.text(answer.text());
    }
    return answer.alert() ? request.showAlert(true) : request;
  }

  private static BaseRequest<?, ?> sendDocument(Call.SendDocument send) {
    var chat = send.target().chat();
    var path = send.file().path();
    var request =
        (path == null
                ? new SendDocument(chat, send.file().bytes())
                : new SendDocument(chat, path.toFile()))
            .fileName(send.file().name())
            .contentType("application/octet-stream");
    target(request, send.target());
    return caption(request, send.caption());
  }

  private static BaseRequest<?, ?> sendPhoto(Call.SendPhoto send) {
    var chat = send.target().chat();
    var path = send.file().path();
    var request =
        (path == null
                ? new SendPhoto(chat, send.file().bytes())
                : new SendPhoto(chat, path.toFile()))
            .fileName(send.file().name());
    target(request, send.target());
    return caption(request, send.caption());
  }

  private static BaseRequest<?, ?> setCommands(Call.SetCommands set) {
    var commands = new JsonArray();
    for (var command : set.commands()) {
      commands.add(
          new JsonObject()
              .add("command", command.name())
              .add("description", command.description()));
    }
    var request = new SetMyCommands();
    put(request, "commands", commands.toString());
    if (set.chat() != 0) {
      var scope = new JsonObject().add("type", "chat").add("chat_id", set.chat());
      put(request, "scope", scope.toString());
    }
    var language = set.language();
    return language == null ? request : request.languageCode(language);
  }

  private static BaseRequest<?, ?> react(Call.React react) {
    var reaction = new JsonObject().add("type", "emoji").add("emoji", react.emoji());
    return put(
        new SetMessageReaction(react.message().chat(), react.message().message()),
        "reaction",
        new JsonArray().add(reaction).toString());
  }

  private static void target(BaseRequest<?, ?> request, Call.Target target) {
    if (target.topic() != 0) {
      put(request, "message_thread_id", target.topic());
    }
    if (target.replyTo() != 0) {
      var reply =
          new JsonObject()
              .add("message_id", target.replyTo())
              .add("allow_sending_without_reply", true);
      put(request, "reply_parameters", reply.toString());
    }
  }

  private static BaseRequest<?, ?> caption(BaseRequest<?, ?> request, RichText caption) {
    if (caption.text().isEmpty()) {
      return request;
    }
    put(request, "caption", caption.text());
    return styles(request, "caption_entities", caption);
  }

  /// Styles go as entities and never as markup, which Telegram might not be able to parse.
  private static BaseRequest<?, ?> styles(BaseRequest<?, ?> request, String name, RichText text) {
    if (text.styles().isEmpty()) {
      return request;
    }
    var entities = new JsonArray();
    for (var style : text.styles()) {
      var entity =
          new JsonObject()
              .add("type", style.kind().wireName())
              .add("offset", style.offset())
              .add("length", style.length());
      switch (style.kind()) {
        case TEXT_LINK -> entity.add("url", style.detail());
        case TEXT_MENTION ->
            entity.add(
                "user", new JsonObject().add("id", Json.value(Long.parseLong(style.detail()))));
        case CUSTOM_EMOJI -> entity.add("custom_emoji_id", style.detail());
        case PRE -> {
          if (!style.detail().isEmpty()) {
            entity.add("language", style.detail());
          }
        }
        case BLOCKQUOTE,
            EXPANDABLE_BLOCKQUOTE,
            BOLD,
            ITALIC,
            UNDERLINE,
            STRIKETHROUGH,
            SPOILER,
            CODE -> {}
      }
      entities.add(entity);
    }
    return put(request, name, entities.toString());
  }

  private static BaseRequest<?, ?> buttons(BaseRequest<?, ?> request, List<List<Button>> rows) {
    if (rows.isEmpty()) {
      return request;
    }
    var keyboard = Json.array();
    for (var row : rows) {
      var keys = Json.array();
      for (var button : row) {
        keys.add(new JsonObject().add("text", button.label()).add("callback_data", button.data()));
      }
      keyboard.add(keys);
    }
    return put(
        request, "reply_markup", new JsonObject().add("inline_keyboard", keyboard).toString());
  }

  private static BaseRequest<?, ?> put(BaseRequest<?, ?> request, String name, Object value) {
    request.getParameters().put(name, value);
    return request;
  }
}
