package tg.pod;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What must be true of the pod, each a method that throws when it is not. Confined to one thread
/// at a time.
final class Trial {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /// Names of programs that somebody who broke in would like to find.
  private static final Set<String> UNWANTED =
      Set.of(
          "sh",
          "bash",
          "dash",
          "ash",
          "busybox",
          "env",
          "apk",
          "apt",
          "apt-get",
          "dpkg",
          "rpm",
          "dnf",
          "microdnf",
          "curl",
          "wget",
          "perl",
          "python3",
          "javac",
          "jar",
          "jshell",
          "jlink",
          "jmod",
          "jcmd",
          "jdb",
          "jdeps",
          "jmap",
          "jstack",
          "jfr",
          "keytool",
          "rmiregistry",
          "jwebserver",
          "serialver");

  private final Deployment deployment;
  private final People people;

  Trial(Deployment deployment, People people) {
    this.deployment = deployment;
    this.people = people;
  }

  /// No shell, no package manager and no JDK tool.
  static void imagesHoldNothingBesides() {
    for (var image : List.of(Deployment.image("bot"), Deployment.image("worker"))) {
      var created = Podman.run("create", image);
      try {
        var listing =
            Podman.command(
                Map.of(), List.of("/bin/sh", "-c", "podman export " + created + " | tar t"));
        var found =
            listing
                .text()
                .lines()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .filter(UNWANTED::contains)
                .collect(Collectors.toCollection(TreeSet::new));
        require(listing.text().contains("tg/bin/java"), image + " was not read: " + listing.text());
        require(found.isEmpty(), image + " holds " + found);
      } finally {
        Podman.run("rm", created);
      }
    }
  }

  /// From nothing to the first answer.
  void aMessageIsAnswered() throws InterruptedException {
    people.say("hello");
    people.awaitAnswers(LIMIT);
  }

  void everyProgramIsReady() throws InterruptedException {
    for (var part : List.of("bot", "worker")) {
      var container = deployment.container(part);
      People.await(container + " is ready", LIMIT, () -> probe(container, "--ready").status() == 0);
      require(probe(container, "--live").status() == 0, container + " is not alive");
    }
  }

  private static Podman.Said probe(String container, String question) {
    return Podman.attempt("exec", container, "/tg/bin/java", "@/tg/run", question);
  }

  /// One more of each, with all that can be taken away taken away, beside those in the pod.
  void theyRunWithNothing() throws InterruptedException {
    for (var part : List.of("bot", "worker")) {
      var extra = deployment.container(part) + "-bare";
      Podman.run(
          "run",
          "-d",
          "--name",
          extra,
          "--pod",
          deployment.pod(),
          "--read-only",
          "--cap-drop=all",
          "--security-opt=no-new-privileges",
          "--user",
          "65532",
          "--memory",
          "128m",
          "-e",
          deployment.environment(part, "TG_TOKEN"),
          "-e",
          deployment.environment(part, "TG_VALKEY"),
          "-e",
          deployment.environment(part, "TG_API_URL"),
          "-e",
          "TG_HEALTH_PORT=" + (part.equals("bot") ? 9201 : 9202),
          Deployment.image(part));
      try {
        // A second bot waits for its turn, which is alive and not ready.
        var question = part.equals("bot") ? "--live" : "--ready";
        People.await(extra + " says so itself", LIMIT, () -> probe(extra, question).status() == 0);
      } catch (IllegalStateException e) {
        throw new IllegalStateException(
            e.getMessage() + ": " + Podman.attempt("logs", extra).text(), e);
      } finally {
        Podman.run("rm", "-f", "-t", "10", extra);
      }
    }
  }

  void nothingIsWrittenOutsideTmpAndTheVolume() {
    for (var part : List.of("bot", "worker", "valkey")) {
      var changed =
          Podman.run("diff", deployment.container(part))
              .lines()
              .map(line -> line.substring(2))
              // What the engine puts there itself.
              .filter(path -> !path.matches("/(run|etc|dev|proc|sys|tmp|data|etc/valkey.*)(/.*)?"))
              .toList();
      require(changed.isEmpty(), part + " changed " + changed);
      var locked =
          Podman.run(
              "inspect",
              deployment.container(part),
              "--format",
              "{{.HostConfig.ReadonlyRootfs}} {{.EffectiveCaps}} {{.Config.User}}");
      require(locked.startsWith("true [] "), part + " is not locked: " + locked);
      require(!locked.endsWith(" 0:0") && !locked.endsWith(" "), part + " is root: " + locked);
    }
  }

  /// Kills the worker, the bot and Valkey in turn, while people talk.
  void everyMessageIsAnsweredWhoeverIsKilled(int rounds) throws InterruptedException {
    for (int round = 1; round <= rounds; round++) {
      for (var part : List.of("worker", "bot", "valkey")) {
        var container = deployment.container(part);
        people.say("/primes 3000000");
        people.say("round " + round + ", before the end of " + part);
        Podman.run("kill", container);
        people.say("round " + round + ", without " + part);
        Podman.run("start", container);
      }
      people.awaitAnswers(LIMIT);
    }
    People.await("every update is confirmed", LIMIT, () -> people.pending() == 0);
  }

  void aStopDrainsWithinItsTime() throws InterruptedException {
    for (var part : List.of("worker", "bot")) {
      var container = deployment.container(part);
      people.say("/primes 300000000");
      people.say("before the stop of " + part);
      long start = System.nanoTime();
      Podman.run("stop", container);
      var took = Duration.ofNanos(System.nanoTime() - start);
      var status = Podman.run("inspect", container, "--format", "{{.State.ExitCode}}");
      require(status.equals("143"), container + " ended with " + status + ", so it was killed");
      require(took.compareTo(STOP_LIMIT) < 0, container + " took " + took);
      Podman.run("start", container);
      people.awaitAnswers(LIMIT);
    }
  }

  /// The first pod's worker is gone, and that of the second does its work.
  void aSecondPodDoesTheWork() throws InterruptedException {
    deployment.startWorkers();
    var other = deployment.otherWorker();
    People.await(other + " is ready", LIMIT, () -> probe(other, "--ready").status() == 0);
    Podman.run("stop", deployment.container("worker"));
    people.say("to whom it may concern");
    people.awaitAnswers(LIMIT);
    Podman.run("start", deployment.container("worker"));
  }

  void theTokenIsNowhereToBeSeen() {
    for (var part : List.of("bot", "worker", "valkey")) {
      var container = deployment.container(part);
      var processes = Podman.run("top", container, "args");
      var logs = Podman.run("logs", container);
      var secret = Deployment.TOKEN.substring(Deployment.TOKEN.indexOf(':') + 1);
      require(!processes.contains(secret), container + " shows the token in its command line");
      require(!logs.contains(secret), container + " shows the token in its log");
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
