package tg.sim;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real, headless Chromium with a profile of its own, driven over the DevTools protocol.
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Duration START = Duration.ofSeconds(30);

  private final Process process;
  private final Path profile;
  private final DevTools tools;

  /// The browser of this machine: `CHROME_BIN`, else the first known name on the `PATH`.
  static Optional<Path> find() {
    String chosen = System.getenv("CHROME_BIN");
    if (chosen != null && !chosen.isBlank()) {
      Path program = Path.of(chosen);
      if (!Files.isExecutable(program)) {
        throw new AssertionError("CHROME_BIN is " + chosen + ", which is not a program");
      }
      return Optional.of(program);
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Chromium(Path program) {
    try {
      Path parent = Files.createDirectories(Path.of("target", "chromium").toAbsolutePath());
      profile = Files.createTempDirectory(parent, "profile-");
      process = start(program);
      tools = connect();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A new tab in a fresh context: no cookies, cache or storage of another one.
  WebPage open(URI address) {
    String context =
        tools
            .call(null, "Target.createBrowserContext", Json.object())
            .getString("browserContextId", "");
    JsonObject wanted = Json.object().add("url", "about:blank").add("browserContextId", context);
    String target = tools.call(null, "Target.createTarget", wanted).getString("targetId", "");
    JsonObject attach = Json.object().add("targetId", target).add("flatten", true);
    String session = tools.call(null, "Target.attachToTarget", attach).getString("sessionId", "");
    return new WebPage(tools, context, session).go(address);
  }

  @Override
  public void close() {
    tools.close();
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
    delete(profile);
  }

  private Process start(Path program) throws IOException {
    return new ProcessBuilder(
            program.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-dev-shm-usage",
            "--disable-sync",
            "--no-first-run",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank")
        .redirectErrorStream(true)
        .redirectOutput(profile.resolve("browser.log").toFile())
        .start();
  }

  /// The browser writes its port and path into this file when it is ready.
  private DevTools connect() throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + START.toNanos();
    try (WatchService watch = profile.getFileSystem().newWatchService()) {
      profile.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      while (true) {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        if (lines.size() >= 2) {
          return new DevTools(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)));
        }
        if (!process.isAlive() || System.nanoTime() > deadline) {
          process.destroyForcibly();
          throw new AssertionError(
              "Chromium did not start: " + Files.readString(profile.resolve("browser.log")));
        }
        var key = watch.poll(1, TimeUnit.SECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while Chromium started", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      System.err.println("left behind: " + folder + " (" + e.getMessage() + ")");
    }
  }
}
