import org.jspecify.annotations.NullMarked;

/// Everything in one process, for people who try it, write a handler, or run one bot on one
/// machine: {@code tg.dev.Demo} is bot, worker, simulator and server; {@code tg.dev.Run} is bot and
/// worker with a real token.
@NullMarked
module tg.dev {
  requires static transitive org.jspecify;
  requires tg.bot;
  requires tg.process;
  requires tg.sim;
  requires tg.valkey;
  requires tg.worker;

  uses tg.process.Program;
}
