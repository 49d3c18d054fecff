package tg.bot;

import tg.process.HealthProbe;

/// Runs the bot process: `java -m tg.bot/tg.bot.Main`.
final class Main {
  private Main() {}

  /// Settings come from `TG_*` variables, see {@link tg.process.Settings}.
  ///
  /// @param args `--live` or `--ready` asks the bot process that runs on this machine how it is
  static void main(String[] args) {
    HealthProbe.run(args);
    tg.process.Main.run(new BotProgram());
  }
}
