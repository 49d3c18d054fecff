package tg.pod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tg.sim.Sim;

/// `./tg pod test [--rounds N]`: tries the pod on this machine's Podman against a local Telegram,
/// says what held, and ends with status 1 at the first thing that did not.
final class Main {
  private static final int PEOPLE = 3;

  private Main() {}

  /// One thing that must hold.
  private interface Claim {
    void check() throws Exception;
  }

  static void main(String[] args) {
    try {
      if (args.length < 1 || (args.length == 3 && !args[1].equals("--rounds"))) {
        throw new IllegalArgumentException("usage: ./tg pod test [--rounds N]");
      }
      int rounds = args.length == 3 ? Integer.parseInt(args[2]) : 10;
      System.exit(run(Path.of(args[0]), rounds) ? 0 : 1);
    } catch (IllegalArgumentException | IOException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static boolean run(Path script, int rounds) throws IOException {
    var state = Files.createTempDirectory("tg-pod");
    try (var sim = Sim.start();
        var deployment = new Deployment(script, state)) {
      sim.bot(Deployment.TOKEN);
      var people = new People(sim, PEOPLE);
      var trial = new Trial(deployment, people);
      claim(
          "the images hold no shell, no package manager and no JDK tool",
          Trial::imagesHoldNothingBesides);
      long begin = System.nanoTime();
      deployment.start();
      try (var _ = Bridge.open(deployment.gateway(), sim.uri().getPort())) {
        claim("a message gets an answer, as a reply to it", trial::aMessageIsAnswered);
        System.out.printf("pod: up and answered after %.1f s%n", (System.nanoTime() - begin) / 1e9);
        claim("bot and worker say that they are alive and ready", trial::everyProgramIsReady);
        claim(
            "both run read-only, without capabilities, as 65532, in 128 MiB",
            trial::theyRunWithNothing);
        claim(
            "in " + rounds + " rounds of killing worker, bot and Valkey no message is lost",
            () -> trial.everyMessageIsAnsweredWhoeverIsKilled(rounds));
        claim(
            "a stop drains within its time, and gives back what it cannot finish",
            trial::aStopDrainsWithinItsTime);
        claim("a worker in a second pod does the work of the first", trial::aSecondPodDoesTheWork);
        claim(
            "nothing is written outside /tmp and the volume",
            trial::nothingIsWrittenOutsideTmpAndTheVolume);
        claim("the token is in no command line and no log", trial::theTokenIsNowhereToBeSeen);
        System.out.printf(
            "pod: %d messages, all answered; %d answers came twice%n",
            people.said(), people.doubled());
      } catch (Exception e) {
        System.out.println("pod: FAILED: " + e.getMessage());
        for (var part : List.of("valkey", "bot", "worker")) {
          var log = Podman.attempt("logs", "--tail", "15", deployment.container(part)).text();
          System.out.println("--- " + part + "\n" + log);
        }
        return false;
      }
      return true;
    } catch (Exception e) {
      System.out.println("pod: FAILED: " + e.getMessage());
      return false;
    } finally {
      Podman.command(Map.of(), List.of("rm", "-rf", state.toString()));
    }
  }

  private static void claim(String sentence, Claim claim) throws Exception {
    long start = System.nanoTime();
    try {
      claim.check();
    } catch (Exception e) {
      throw new IllegalStateException(sentence + ": " + e.getMessage(), e);
    }
    System.out.printf("pod: %s (%.1f s)%n", sentence, (System.nanoTime() - start) / 1e9);
  }
}
