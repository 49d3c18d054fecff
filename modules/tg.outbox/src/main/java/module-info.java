import org.jspecify.annotations.NullMarked;

/// Everything we say to Telegram.
@NullMarked
module tg.outbox {
  requires transitive tg.queue;
  requires transitive tg.api;
  requires com.eclipsesource.json;
  requires static transitive org.jspecify;
}
