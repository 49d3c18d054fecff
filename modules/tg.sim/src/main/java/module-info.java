import org.jspecify.annotations.NullMarked;

/// Telegram on your desk.
@NullMarked
module tg.sim {
  requires com.eclipsesource.json;
  requires static transitive org.jspecify;
}
