package tg.jlink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tg.sim.Sim;
import tg.sim.SimOptions;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// Lets the bot and the worker answer real messages, from the simulator, with a real server, and
/// records the classes that they load.
final class Training {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String TOKEN = "777:training-training-training-tr";
  private static final List<String> MESSAGES =
      List.of(
          "hello",
          "/help",
          "/report 3",
          "/primes 1000",
          "/primes nonsense",
          "/nothing",
          "hello again");

  private final Path java;
  private final Path home;
  private final Path folder;
  private final Path work;
  private final Map<Program, Integer> ports = new EnumMap<>(Program.class);

  /// @param java of the runtime
  /// @param home where the modules are
  /// @param folder where the folders of the programs are
  Training(Path java, Path home, Path folder) {
    this.java = java;
    this.home = home;
    this.folder = folder;
    for (var program : Program.values()) {
      ports.put(program, freePort());
    }
    try {
      this.work = Files.createTempDirectory("tg-training");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// {@return the classes of both programs}
  List<String> classes() {
    try (var server = ServerProcess.start(ServerBinary.find(work), work.resolve("data"));
        var sim = Sim.start(SimOptions.standard())) {
      var chat = sim.privateChat(sim.bot(TOKEN), 1001);
      var running = new EnumMap<Program, Process>(Program.class);
      try {
        for (var program : Program.values()) {
          running.put(program, start(program, sim.uri(), server.uri()));
        }
        for (var message : MESSAGES) {
          talk(sim, chat, message);
        }
        running.forEach((program, process) -> awaitEnd(probe(program)));
      } finally {
        running.values().forEach(Process::destroy);
      }
      running.values().forEach(Training::awaitEnd);
    }
    var dumps = new ArrayList<Path>();
    for (var program : Program.values()) {
      dumps.add(dump(program));
      dumps.add(probeDump(program));
    }
    return ClassList.normal(dumps);
  }

  /// Says something and waits until nothing more is said about it.
  private static void talk(Sim sim, String chat, String message) {
    int before = sim.transcript(chat).size();
    sim.say(chat, message);
    await("an answer to " + message, () -> sim.transcript(chat).size() >= before + 2);
  }

  private Process start(Program program, URI api, URI server) {
    var environment = new HashMap<String, String>();
    environment.put("TG_TOKEN", TOKEN);
    environment.put("TG_API_URL", api.toString());
    environment.put("TG_VALKEY", server.toString());
    environment.put("TG_HEALTH_PORT", port(program));
    return java(program, dump(program), environment, List.of());
  }

  /// The same program asks the running one how it is.
  private Process probe(Program program) {
    var environment = Map.of("TG_HEALTH_PORT", port(program));
    return java(program, probeDump(program), environment, List.of("--ready"));
  }

  private Process java(
      Program program, Path dump, Map<String, String> environment, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.add("-XX:DumpLoadedClassList=" + dump);
    // There is no cache yet, as it says.
    command.add("-Xlog:disable");
    command.add("@" + program.arguments(folder));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.directory(home.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("TG_"));
    builder.environment().putAll(environment);
    try {
      return builder.inheritIO().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path dump(Program program) {
    return work.resolve(program.label());
  }

  private Path probeDump(Program program) {
    return work.resolve(program.label() + ".probe");
  }

  private String port(Program program) {
    return String.valueOf(ports.getOrDefault(program, 0));
  }

  private static Integer freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new BuildError("a program in training did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildError("interrupted");
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new BuildError("in training there was not " + what);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BuildError("interrupted");
      }
    }
  }
}
