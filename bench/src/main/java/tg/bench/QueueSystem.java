package tg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What is compared. Each has a client that speaks the line protocol of bench/README.md.
enum QueueSystem {
  TG("tg", 5.0),
  BULLMQ("bullmq", 1.0),
  SIDEKIQ("sidekiq", 1.0),
  RQ("rq", 0.1);

  private final String label;
  private final double share;

  QueueSystem(String label, double share) {
    this.label = label;
    this.share = share;
  }

  /// {@return its name in tables and files}
  String label() {
    return label;
  }

  /// {@return how many jobs a round of it has: each gets a round of seconds, whatever its speed}
  int jobs(int jobs) {
    return (int) Math.max(100, jobs * share);
  }

  /// {@return the command that starts its client, when it is installed; else says loudly how to}
  Optional<List<String>> client() throws IOException, InterruptedException {
    return switch (this) {
      case TG -> Optional.of(ours(List.of("-XX:+UseSerialGC", "-Xmx512m")));
      case BULLMQ -> bullmq();
      case SIDEKIQ ->
          when("ruby", List.of("ruby", "-e", "require 'sidekiq'"))
              .map(ruby -> List.of(ruby, peer("sidekiq.rb").toString()));
      case RQ ->
          when("python3", List.of("python3", "-c", "import rq"))
              .or(() -> when("python3", List.of("/usr/bin/python3", "-c", "import rq")))
              .map(python -> List.of(python, peer("rq_client.py").toString()));
    };
  }

  /// {@return our client in a JVM with these options}
  static List<String> ours(List<String> options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-p", System.getProperty("jdk.module.path")));
    command.addAll(List.of("-m", "tg.bench/tg.bench.QueueClient"));
    return command;
  }

  /// BullMQ is installed by npm, at the versions of the lock file, into a folder that Git ignores.
  private static Optional<List<String>> bullmq() throws IOException, InterruptedException {
    if (!succeeds(List.of("node", "--version"), Path.of("."))) {
      return Optional.empty();
    }
    var folder = Files.createDirectories(peer("").resolve("target").resolve("bullmq"));
    for (var name : List.of("package.json", "package-lock.json", "client.mjs")) {
      var bytes = Files.readAllBytes(peer("bullmq").resolve(name));
      Files.write(folder.resolve(name), bytes);
    }
    boolean installed =
        Files.isDirectory(folder.resolve("node_modules").resolve("bullmq"))
            || succeeds(List.of("npm", "ci", "--no-audit", "--no-fund"), folder);
    return installed
        ? Optional.of(List.of("node", folder.resolve("client.mjs").toString()))
        : Optional.empty();
  }

  private static Optional<String> when(String program, List<String> check) {
    try {
      return succeeds(check, Path.of(".")) ? Optional.of(check.getFirst()) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking for " + program, e);
    }
  }

  private static boolean succeeds(List<String> command, Path folder) throws InterruptedException {
    try {
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false; // There is no such program.
    }
  }

  /// Finds bench/peers above the working folder or above the modules.
  private static Path peer(String name) {
    var modules = System.getProperty("jdk.module.path").split(java.io.File.pathSeparator, -1)[0];
    return Stream.of(Path.of(""), Path.of(modules))
        .map(Path::toAbsolutePath)
        .flatMap(start -> Stream.iterate(start, path -> path != null, Path::getParent))
        .map(folder -> folder.resolve("bench").resolve("peers"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("run this inside the project's folder"))
        .resolve(name);
  }
}
