package tg.evening;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tg.queue.Queues;
import tg.sim.Sim;
import tg.sim.SimOptions;
import tg.valkey.JavaProgram;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;
import tg.valkey.Warden;

/// A simulator in this process, and a server, the bot and two workers in processes of their own.
/// Confined to one thread at a time, except for the simulator.
final class Company implements AutoCloseable {
  static final long BOT = 777;
  static final int WORKERS = 2;
  private static final String TOKEN = BOT + ":evening";
  private static final int HEAP_MEGABYTES = 160;
  private static final int END_SECONDS = 40;

  final Sim sim = Sim.start(SimOptions.standard().flood(true));
  final Queues queues;
  private final ServerProcess server;
  private final Warden warden = new Warden();
  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, Process> processes = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  Company(Path folder, Setting setting) {
    this.folder = folder;
    sim.bot(TOKEN);
    var programs = Path.of(System.getProperty("java.io.tmpdir"), "tg-server");
    server = ServerProcess.start(ServerBinary.find(programs), folder.resolve("data"));
    warden.add(ProcessHandle.of(server.pid()).orElseThrow());
    variables.put("TG_TOKEN", TOKEN);
    variables.put("TG_API_URL", sim.uri().toString());
    variables.put("TG_VALKEY", server.uri().toString());
    variables.put("TG_EXEC", "sh " + script());
    variables.put("TG_ATTEMPTS", "2");
    // Nobody is told to come back later.
    variables.put("TG_QUOTA_WAITING", "1000000");
    variables.put("TG_FILES", folder.toString());
    variables.put("TG_DELIVERY", setting.edit() ? "edit" : "new");
    queues = Queues.connect(server.uri());
  }

  /// {@return product and version of the server}
  String server() {
    return server.name();
  }

  private Path script() {
    var file = folder.resolve("task.sh");
    try (var in = Company.class.getResourceAsStream("task.sh")) {
      if (in == null) {
        throw new IllegalStateException("task.sh is missing");
      }
      Files.copy(in, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  void startAll() {
    startBot();
    for (int i = 0; i < WORKERS; i++) {
      startWorker(i);
    }
  }

  void startBot() {
    start("bot", "tg.bot/tg.bot.Main");
  }

  void startWorker(int which) {
    start(worker(which), "tg.worker/tg.worker.process.Main");
  }

  static String worker(int which) {
    return "worker-" + (which + 1);
  }

  private void start(String name, String main) {
    var process =
        new JavaProgram(main, HEAP_MEGABYTES, List.of(), variables)
            .start(folder.resolve(name + ".log"));
    warden.add(process.toHandle());
    processes.put(name, process);
  }

  /// SIGKILL.
  ///
  /// @return when
  Instant kill(String name) throws InterruptedException {
    var process = alive(name);
    var at = sim.now();
    process.destroyForcibly().waitFor();
    return at;
  }

  /// SIGTERM, and waits for the end.
  ///
  /// @return when it was asked to
  Instant stop(String name) throws InterruptedException {
    var process = alive(name);
    var at = sim.now();
    process.destroy();
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      faults.add(name + " did not stop in " + END_SECONDS + " s");
      process.destroyForcibly().waitFor();
    } else if (process.exitValue() != 0 && process.exitValue() != 143) {
      faults.add(name + " stopped with status " + process.exitValue());
    }
    return at;
  }

  private Process alive(String name) {
    var process = processes.get(name);
    if (process == null) {
      throw new IllegalStateException(name + " was never started");
    }
    if (!process.isAlive()) {
      faults.add(name + " ended by itself with status " + process.exitValue());
    }
    return process;
  }

  /// Stops the bot and the workers in good order.
  ///
  /// @return what went wrong with processes, all the evening
  List<String> stopAll() throws InterruptedException {
    for (var name : List.copyOf(processes.keySet())) {
      stop(name);
    }
    return List.copyOf(faults);
  }

  @Override
  public void close() {
    processes.values().forEach(Process::destroyForcibly);
    queues.close();
    sim.close();
    server.close();
    warden.close();
  }
}
