import org.jspecify.annotations.NullMarked;

/// The Telegram port: updates in, calls out, as records.
///
/// - {@link tg.api.Telegram}: the Bot API for one token. It makes calls and waits for updates.
/// - {@link tg.api.Call}: what we ask of Telegram, one record for each method.
/// - {@link tg.api.Update}: what happened, one record for each kind.
/// - {@link tg.api.ApiError}: why a call did not succeed, and so whether to repeat it.
///
/// ```java
/// try (var telegram = Telegram.connect(server, token)) {
///   for (var update : telegram.updates(offset, 100, Duration.ofSeconds(50))) {
///     if (update instanceof Update.NewMessage(_, var message)) {
///       var target = Call.Target.replyTo(message.ref());
///       telegram.call(new Call.SendMessage(target, RichText.plain("hi"), List.of(), false));
///     }
///   }
/// }
/// ```
///
/// It repeats nothing, limits no rates and keeps no state: those who call decide.
@NullMarked
module tg.api {
  requires com.eclipsesource.json;
  requires okhttp3;
  requires telegram.bot.api;
  requires static transitive org.jspecify;
  requires transitive tg.text;

  exports tg.api;
}
