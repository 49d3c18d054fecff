package tg.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tg.valkey.JavaProgram;
import tg.valkey.Signals;
import tg.valkey.Warden;

/// A producer or a worker: one process after the other under one name, with one line to the server.
/// Thread-safe.
final class Child {
  private static final int HEAP_MEGABYTES = 96;

  private final String name;
  private final Class<?> program;
  private final List<String> arguments;
  private final Line line;
  private final Stage stage;
  private @Nullable Process process;
  private int incarnation;
  private boolean ending;

  /// Where the processes live.
  ///
  /// @param folder for histories and logs
  /// @param history the driver's
  /// @param door how they find the servers by themselves; null when their lines lead to the one
  record Stage(Path folder, History history, Warden warden, @Nullable URI door) {}

  /// @param arguments those behind server, history and name; `%d` stands for the incarnation
  Child(String name, Class<?> program, List<String> arguments, Line line, Stage stage) {
    this.name = name;
    this.program = program;
    this.arguments = arguments;
    this.line = line;
    this.stage = stage;
  }

  String name() {
    return name;
  }

  Line line() {
    return line;
  }

  synchronized void start() {
    int number = ++incarnation;
    var words =
        new ArrayList<>(
            List.of(
                (stage.door == null ? line.uri() : stage.door).toString(),
                file().toString(),
                name));
    arguments.forEach(word -> words.add(word.equals("%d") ? "" + incarnation : word));
    var main = "tg.chaos/" + program.getName();
    var started =
        new JavaProgram(main, HEAP_MEGABYTES, words, Map.of())
            .start(stage.folder.resolve(name + ".log"));
    process = started;
    stage.warden.add(started.toHandle());
    var _ = started.onExit().thenAccept(one -> ended(number, one.exitValue()));
  }

  private synchronized void ended(int number, int code) {
    if (number == incarnation && process != null && !ending) {
      stage.history.add(new Entry.Died(System.nanoTime(), name, code));
    }
  }

  /// {@return whether it has come so far as to open its history}
  synchronized boolean hasStarted() {
    return Files.exists(file());
  }

  private Path file() {
    return stage.folder.resolve(name + "." + incarnation + ".tsv");
  }

  /// SIGKILL.
  synchronized void kill() {
    var victim = process;
    process = null;
    if (victim != null) {
      victim.destroyForcibly();
    }
  }

  /// SIGSTOP.
  ///
  /// @return what lets the same process go on
  synchronized Runnable pause() {
    var paused = process;
    if (paused == null || !paused.isAlive()) {
      return () -> {};
    }
    Signals.send("STOP", paused.pid());
    return () -> {
      if (paused.isAlive()) {
        Signals.send("CONT", paused.pid());
      }
    };
  }

  /// Asks it to end in good order.
  synchronized void stop() {
    ending = true;
    var one = process;
    if (one != null) {
      try {
        one.getOutputStream().write("stop\n".getBytes(US_ASCII));
        one.getOutputStream().flush();
      } catch (IOException e) {
        // It has ended already.
      }
    }
  }

  /// Waits for its end after {@link #stop}.
  void awaitEnd() throws InterruptedException {
    Process one;
    synchronized (this) {
      one = process;
    }
    if (one == null) {
      return;
    }
    boolean ended = one.waitFor(40, TimeUnit.SECONDS);
    if (!ended || one.exitValue() != 0) {
      stage.history.add(new Entry.Died(System.nanoTime(), name, ended ? one.exitValue() : -1));
    }
  }
}
