package tg.queue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tg.valkey.Signals;

/// A process that this JVM started, on the module path as it is itself. Thread-safe.
final class Child implements AutoCloseable {
  private final Process process;
  private final List<String> lines = new ArrayList<>();

  private Child(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::read);
  }

  /// Starts a worker process and waits until it claims.
  static Child start(URI server, String namespace, int concurrency, Duration lease) {
    return start(
        WorkerChild.class,
        server,
        namespace,
        Integer.toString(concurrency),
        Long.toString(lease.toMillis()));
  }

  /// Starts a process and waits until it says that it is ready.
  static Child start(Class<?> main, URI server, String namespace, String... more) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--module-path",
                System.getProperty("jdk.module.path", ""),
                "--patch-module",
                "tg.queue=" + System.getProperty("tg.test.classes", classes()),
                "--module",
                "tg.queue/" + main.getName(),
                server.toString(),
                namespace));
    command.addAll(List.of(more));
    try {
      var child =
          new Child(
              new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
      Waiting.until("the process is ready", () -> child.count("ready") == 1);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a process", e);
    }
  }

  private static String classes() {
    return Path.of("target", "test-classes").toAbsolutePath().toString();
  }

  private void read() {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      synchronized (lines) {
        lines.add("broken: " + e);
      }
    }
  }

  /// {@return what it said that begins with the word, without that word}
  List<String> said(String word) {
    synchronized (lines) {
      return lines.stream()
          .filter(line -> line.startsWith(word + " "))
          .map(line -> line.substring(word.length() + 1))
          .toList();
    }
  }

  int count(String word) {
    return said(word).size();
  }

  /// Lets the hanging jobs end.
  void go() {
    say("go");
  }

  /// Writes a line to its standard input.
  void say(String line) {
    try {
      var out = process.getOutputStream();
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// SIGKILL; returns when it is dead.
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// SIGSTOP.
  void pause() {
    Signals.send("STOP", process.pid());
  }

  /// SIGCONT.
  void resume() {
    Signals.send("CONT", process.pid());
  }

  @Override
  public void close() {
    kill();
  }
}
