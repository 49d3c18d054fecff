package tg.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tg.queue.Queues;
import tg.sim.Sim;
import tg.valkey.JavaProgram;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;
import tg.valkey.Signals;

/// A whole deployment for one test: a server and a simulator, and bot and worker as processes of
/// their own that can be killed. Confined to one thread at a time.
final class Fleet implements AutoCloseable {
  static final String SECRET = "TheSecretPartOfTheToken";
  static final long ID = 777;
  static final String TOKEN = ID + ":" + SECRET;
  private static final String BOT = "tg.bot/tg.bot.Main";
  private static final String WORKER = "tg.worker/tg.worker.process.Main";
  private static final int HEAP_MEGABYTES = 256;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final Sim sim;
  final ServerProcess server;
  final Queues queues;
  private final Path folder;
  private final Map<String, String> settings = new HashMap<>();
  private final List<Process> processes = new ArrayList<>();

  Fleet(Map<String, String> more) {
    try {
      folder =
          Files.createTempDirectory(
              Files.createDirectories(Path.of("target", "fleets").toAbsolutePath()), "fleet");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sim = Sim.start();
    sim.bot(TOKEN);
    var binary = ServerBinary.find(Path.of("target", "servers").toAbsolutePath());
    server = ServerProcess.start(binary, folder.resolve("data")).dyingWithJvm();
    if (NUMBER.getAndIncrement() == 0) {
      System.out.println("servers: end to end on " + server.name());
    }
    settings.put("TG_TOKEN", TOKEN);
    settings.put("TG_API_URL", sim.uri().toString());
    settings.put("TG_VALKEY", server.uri().toString());
    settings.put("TG_LOG_LEVEL", "debug");
    settings.put("TG_RATE_ALL", "off");
    settings.put("TG_RATE_CHAT", "off");
    settings.put("TG_RATE_GROUP", "off");
    settings.putAll(more);
    queues = Queues.connect(server.uri());
  }

  Process bot() {
    return process("bot", BOT, Map.of());
  }

  Process worker() {
    return process("worker", WORKER, Map.of());
  }

  /// Starts a bot with settings of its own.
  Process bot(Map<String, String> more) {
    return process("bot", BOT, more);
  }

  /// Starts a bot that tells its health on that port.
  Process bot(int healthPort) {
    return process("bot", BOT, health(healthPort));
  }

  /// Starts a worker that tells its health on that port.
  Process worker(int healthPort) {
    return process("worker", WORKER, health(healthPort));
  }

  private static Map<String, String> health(int port) {
    return Map.of("TG_HEALTH_PORT", Integer.toString(port));
  }

  /// Asks with the program's own command.
  ///
  /// @return the exit status
  int probe(int healthPort, String question) throws InterruptedException {
    return process("probe", WORKER, health(healthPort), question).waitFor();
  }

  private Process process(String name, String main, Map<String, String> more, String... words) {
    var variables = new HashMap<>(settings);
    variables.putAll(more);
    var process =
        new JavaProgram(main, HEAP_MEGABYTES, List.of(words), variables)
            .start(folder.resolve(name + ".log"));
    processes.add(process);
    return process;
  }

  /// Kills without warning, and waits for the end.
  static void kill(Process process) throws InterruptedException {
    Signals.send("KILL", process.pid());
    process.waitFor();
  }

  /// Asks to stop, as a container engine does.
  ///
  /// @return the exit status
  static int stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the process does not stop");
    }
    return process.exitValue();
  }

  /// {@return everything that all processes wrote so far}
  String logs() {
    var all = new StringBuilder();
    for (var name : List.of("bot.log", "worker.log")) {
      try {
        var file = folder.resolve(name);
        all.append(Files.exists(file) ? Files.readString(file) : "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.toString();
  }

  URI api() {
    return sim.uri();
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    queues.close();
    sim.close();
    server.close();
  }
}
