import org.jspecify.annotations.NullMarked;

/// An evening with the whole bot: two hundred people, real processes that are killed, Telegram's
/// limits; and a checker that reads what everybody saw.
@NullMarked
module tg.evening {
  requires static transitive org.jspecify;
  requires java.logging;
  // Started as processes, from the module path of this one.
  requires tg.bot;
  requires tg.queue;
  requires tg.sim;
  requires tg.valkey;
  requires tg.worker;
}
