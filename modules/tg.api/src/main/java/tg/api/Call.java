package tg.api;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tg.text.RichText;

/// Something that we ask of Telegram: one record for each method that we use. Immutable.
///
/// @param <R> what a success gives
public sealed interface Call<R> {

  /// Where a new message goes.
  ///
  /// @param chat the chat's id
  /// @param topic the topic, or 0
  /// @param replyTo the message it answers, or 0. Sent as `reply_parameters` with
  ///   `allow_sending_without_reply`, so that a deleted question does not lose its answer
  record Target(long chat, int topic, int replyTo) {
    /// {@return the place under a message: same chat, same topic, as a reply to it}
    public static Target replyTo(MessageRef message) {
      return new Target(message.chat(), message.topic(), message.message());
    }
  }

  /// `getMe`: who are we?
  record GetMe() implements Call<User> {}

  /// `sendMessage`.
  ///
  /// @param target where to
  /// @param text what; 1 to 4,096 code points
  /// @param buttons rows of inline buttons; may be empty
  /// @param silent without a sound at the receiver
  record SendMessage(Target target, RichText text, List<List<Button>> buttons, boolean silent)
      implements Call<MessageRef> {}

  /// `editMessageText`. "Message is not modified" is a success. Buttons not given are removed.
  ///
  /// @param message which
  /// @param text what it says from now on
  /// @param buttons rows of inline buttons; may be empty
  record EditText(MessageRef message, RichText text, List<List<Button>> buttons)
      implements Call<Done> {}

  /// `editMessageReplyMarkup`. "Message is not modified" is a success.
  ///
  /// @param message which
  /// @param buttons rows of inline buttons; empty removes them
  record EditButtons(MessageRef message, List<List<Button>> buttons) implements Call<Done> {}

  /// `deleteMessage`. A message that is not there any more is a success.
  ///
  /// @param message which
  record Delete(MessageRef message) implements Call<Done> {}

  /// `sendChatAction`: shown for up to five seconds.
  ///
  /// @param chat where
  /// @param topic the topic, or 0
  /// @param action for example `typing` or `upload_document`
  record ChatAction(long chat, int topic, String action) implements Call<Done> {}

  /// `sendMessageDraft` (Bot API 9.3): a preview of what is being written, in a private chat; shown
  /// for up to 30 seconds, or until the bot says something there.
  ///
  /// @param chat where
  /// @param topic the topic, or 0
  /// @param draft which preview, not 0: one with the same number is changed in place
  /// @param text up to 4,096 characters; empty shows that the bot thinks
  record Draft(long chat, int topic, int draft, String text) implements Call<Done> {}

  /// `answerCallbackQuery`. A query that is too old is a success: nobody waits any more.
  ///
  /// @param query from {@link Update.ButtonPress}
  /// @param text a short notice, up to 200 characters; may be empty
  /// @param alert as a dialog that must be closed
  record AnswerCallback(String query, String text, boolean alert) implements Call<Done> {}

  /// `sendDocument`: uploads a file, which must be there and readable, else it is a {@link
  /// ApiError.BadRequest} and nothing is sent.
  ///
  /// @param target where to
  /// @param file what; up to 50 MB
  /// @param caption up to 1,024 code points; may be empty
  record SendDocument(Target target, Upload file, RichText caption) implements Call<MessageRef> {}

  /// `sendPhoto`: uploads a picture, which must be there and readable as with {@link SendDocument}.
  ///
  /// @param target where to
  /// @param file what; up to 10 MB
  /// @param caption up to 1,024 code points; may be empty
  record SendPhoto(Target target, Upload file, RichText caption) implements Call<MessageRef> {}

  /// `getFile` and the download: stores the file. A file that is too large, or not kept by Telegram
  /// any more, is a {@link ApiError.BadRequest}; a download that breaks or takes too long is {@link
  /// ApiError.Unavailable}. A crash may leave a file beside it, whose name ends in `.part`.
  ///
  /// @param file which
  /// @param to where; created or replaced in one step, complete or not there; its directory must
  ///   exist
  /// @param maxBytes give up beyond this; Telegram itself stops at 20 MiB
  /// @param deadline give up after this
  record GetFile(Message.FileRef file, Path to, long maxBytes, Duration deadline)
      implements Call<Path> {}

  /// `setMyCommands` for everybody, for one language, for one chat, or both.
  ///
  /// @param commands up to 100
  /// @param language two letters, or null for every language without commands of its own
  /// @param chat whose menu, or 0 for every chat without commands of its own
  record SetCommands(List<Command> commands, @Nullable String language, long chat)
      implements Call<Done> {}

  /// `getChatMember`: may this user decide for others in a chat?
  ///
  /// @param chat the chat's id
  /// @param user the user's id
  record IsAdmin(long chat, long user) implements Call<Boolean> {}

  /// `setMessageReaction` with one emoji.
  ///
  /// @param message which
  /// @param emoji one of those Telegram allows
  record React(MessageRef message, String emoji) implements Call<Done> {}

  /// `deleteWebhook`, so that polling works; pending updates are kept.
  record DeleteWebhook() implements Call<Done> {}

  /// `setWebhook`: Telegram brings updates to an address, those that wait too.
  ///
  /// @param url where to; `https`, or a machine's own `http` for a server beside us
  /// @param secret what it says with each: 1 to 256 of `A-Z a-z 0-9 _ -`
  /// @param connections how many it brings at once, 1 to 100
  record SetWebhook(URI url, String secret, int connections) implements Call<Done> {
    /// {@return it without the secret}
    @Override
    public String toString() {
      return "SetWebhook[" + url + ", " + connections + "]";
    }
  }

  /// `getWebhookInfo`.
  record WebhookInfo() implements Call<WebhookStatus> {}

  /// What Telegram says of the webhook.
  ///
  /// @param url where it brings updates; empty when it does not
  /// @param pending how many wait to be brought
  /// @param error why the last one could not be brought; empty when all could
  /// @param errorAt when that was
  record WebhookStatus(String url, int pending, String error, Instant errorAt) {}

  /// An entry of the command menu.
  ///
  /// @param name 1 to 32 of `a-z 0-9 _`
  /// @param description 1 to 256 characters
  record Command(String name, String description) {}

  /// A success that says nothing more.
  enum Done {
    /// It is so.
    DONE
  }
}
