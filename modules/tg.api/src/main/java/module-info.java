import org.jspecify.annotations.NullMarked;

/// The Telegram port: updates in, calls out, as records.
@NullMarked
module tg.api {
  requires com.eclipsesource.json;
  requires okhttp3;
  requires telegram.bot.api;
  requires static transitive org.jspecify;

  exports tg.api;
}
