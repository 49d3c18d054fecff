import org.jspecify.annotations.NullMarked;

/// The bot process.
@NullMarked
module tg.bot {
  requires tg.outbox;
  requires com.eclipsesource.json;
  requires static transitive org.jspecify;
}
