package tg.pod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tg.sim.Sim;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// `./tg pod upgrade OLD`: runs an older build and this one on one server, in every order, and
/// looks whether the people in the chats notice. OLD is the older build's module path.
final class Upgrade {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int PEOPLE = 3;

  private final People people;
  private final Release older;
  private final Release newer;
  private final List<Process> running = new ArrayList<>();

  private Upgrade(People people, Release older, Release newer) {
    this.people = people;
    this.older = older;
    this.newer = newer;
  }

  static void main(String[] args) {
    if (args.length != 1 || !Files.isDirectory(Path.of(args[0].split(":", -1)[0]))) {
      System.err.println("usage: ./tg pod upgrade OLD (the module path of an older build)");
      System.exit(2);
    }
    System.exit(run(args[0]) ? 0 : 1);
  }

  private static boolean run(String old) {
    Path folder;
    try {
      folder = Files.createTempDirectory("tg-upgrade");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var log = folder.resolve("processes.log");
    try (var sim = Sim.start();
        var server = ServerProcess.start(ServerBinary.find(folder), folder.resolve("data"))) {
      sim.bot(Deployment.TOKEN);
      var settings =
          Map.of(
              "TG_TOKEN", Deployment.TOKEN,
              "TG_API_URL", sim.uri().toString(),
              "TG_VALKEY", server.uri().toString());
      var upgrade =
          new Upgrade(
              new People(sim, PEOPLE),
              new Release("old", old, settings, log),
              new Release("new", System.getProperty("jdk.module.path"), settings, log));
      try {
        upgrade.all();
        return true;
      } finally {
        upgrade.running.forEach(Process::destroyForcibly);
      }
    } catch (IllegalStateException | InterruptedException e) {
      System.out.println("upgrade: FAILED: " + e.getMessage() + "; see " + log);
      return false;
    }
  }

  private void all() throws InterruptedException {
    together(newer, older);
    together(older, newer);
    rolled(older, newer);
    rolled(newer, older);
    if (people.doubled() > 0) {
      throw new IllegalStateException(people.doubled() + " answers came twice");
    }
    System.out.println("upgrade: " + people.said() + " messages, each answered once");
  }

  private void together(Release bot, Release worker) throws InterruptedException {
    var first = keep(bot.bot());
    var second = keep(worker.worker());
    talk();
    people.awaitAnswers(LIMIT);
    Release.stop(first);
    Release.stop(second);
    System.out.println(
        "upgrade: the "
            + bot.name()
            + " bot and the "
            + worker.name()
            + " worker understand each other");
  }

  /// Bot and worker are replaced while people talk: first the workers, then the bot.
  private void rolled(Release from, Release to) throws InterruptedException {
    var bot = keep(from.bot());
    var worker = keep(from.worker());
    talk();
    people.say("/primes 30000000");
    var nextWorker = keep(to.worker());
    talk();
    Release.stop(worker);
    talk();
    var nextBot = keep(to.bot());
    Release.stop(bot);
    talk();
    people.awaitAnswers(LIMIT);
    Release.stop(nextBot);
    Release.stop(nextWorker);
    System.out.println(
        "upgrade: from " + from.name() + " to " + to.name() + " under way, nobody noticed");
  }

  private void talk() {
    people.say("a text to report on");
    people.say("/primes 100000");
    people.say("/status");
  }

  private Process keep(Process process) {
    running.add(process);
    return process;
  }
}
