import org.jspecify.annotations.NullMarked;

/// The bot process: it polls Telegram, or listens to it, admits each update once, and confirms it.
/// It does no heavy work and decides nothing that takes long.
///
/// @provides tg.process.Program the bot
@NullMarked
module tg.bot {
  requires jdk.httpserver;
  requires static transitive org.jspecify;
  requires tg.outbox;
  requires tg.process;

  provides tg.process.Program with
      tg.bot.BotProgram;
}
