package tg.bot;

/// Runs the bot process: `java -m tg.bot/tg.bot.Main`.
final class Main {
  private Main() {}

  /// Settings come from `TG_*` variables, see {@link tg.process.Settings}.
  static void main(String[] args) {
    tg.process.Main.run(new BotProgram());
  }
}
