package tg.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A bot written for Node.js, run as a process of its own.
record NodeBot(Process process, Path log) implements AutoCloseable {
  private static final Path SOURCES = Path.of("src", "test", "node");
  private static final Path FOLDER = Path.of("target", "node");

  /// Installs the bot's libraries under `target/` and starts it.
  ///
  /// @return the bot, or what is missing on this machine
  static Optional<NodeBot> start(Sim sim, String token) {
    try {
      Files.createDirectories(FOLDER);
      for (String file : List.of("package.json", "bot.mjs")) {
        Files.copy(
            SOURCES.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      if (!installed()) {
        return Optional.empty();
      }
      Path log = FOLDER.toAbsolutePath().resolve("bot.log");
      ProcessBuilder node = program(log, "node", "bot.mjs");
      String root = sim.uri().toString();
      node.environment().put("API_ROOT", root.substring(0, root.length() - 1));
      node.environment().put("BOT_TOKEN", token);
      return Optional.of(new NodeBot(node.start(), log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean installed() {
    Path log = FOLDER.toAbsolutePath().resolve("install.log");
    try {
      Process npm =
          program(
                  log,
                  "npm",
                  "install",
                  "--no-audit",
                  "--no-fund",
                  "--no-package-lock",
                  "--loglevel=error")
              .start();
      return npm.waitFor(3, TimeUnit.MINUTES)
          && npm.exitValue() == 0
          && program(log, "node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProcessBuilder program(Path log, String... command) {
    return new ProcessBuilder(command)
        .directory(FOLDER.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
  }

  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks the bot to stop.
  ///
  /// @return its exit status
  int stop() {
    process.destroy();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
