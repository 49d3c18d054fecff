package tg.dev;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import tg.process.Main;
import tg.process.Program;
import tg.process.Settings;
import tg.process.Vitals;

/// `./tg run`: bot and worker in one process, with a real token, and a server of their own with its
/// data under `TG_DATA` (default `data`) unless `TG_VALKEY` names one.
final class Run {
  private Run() {}

  static void main(String[] args) {
    var variables = new HashMap<>(System.getenv());
    Main.run(
        new Both(
            variables.getOrDefault("TG_VALKEY", ""), variables.getOrDefault("TG_DATA", "data")));
  }

  private record Both(String valkey, String data) implements Program {
    @Override
    public String name() {
      return "run";
    }

    @Override
    public Running start(Settings settings) {
      var server =
          valkey.isBlank()
              ? LocalServer.persistent(Path.of(data))
              : LocalServer.existing(URI.create(valkey));
      var local = settings.store(server.uri());
      var worker = Program.named("worker").start(local);
      var bot = Program.named("bot").start(local);
      return new Running() {
        @Override
        public void stop(Duration deadline) {
          Both.stop(bot, worker, server, deadline);
        }

        @Override
        public void hurry() {
          bot.hurry();
          worker.hurry();
        }

        @Override
        public Vitals vitals() {
          return Vitals.both(bot.vitals(), worker.vitals());
        }
      };
    }

    private static void stop(Running bot, Running worker, LocalServer server, Duration deadline) {
      bot.stop(deadline.dividedBy(3));
      worker.stop(deadline.dividedBy(2));
      server.close();
    }
  }
}
