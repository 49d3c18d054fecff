package tg.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tg.queue.Queues;
import tg.valkey.Warden;

/// One run: a server, producers and workers, everything that breaks them, and the verdict.
final class Chaos implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration START = Duration.ofMinutes(2);
  private static final int BEFORE = 50;
  private static final Duration DRAIN = Duration.ofSeconds(90);

  private final Path folder;
  private final Warden warden = new Warden();
  private final History history;
  private final Servers servers;
  private final Map<String, Child> children = new LinkedHashMap<>();

  private Chaos(long seed, Setting setting) throws IOException {
    this.folder = Files.createTempDirectory("tg-chaos-");
    this.history = new History(folder.resolve("driver.tsv"));
    this.servers = Servers.start(folder, setting.failover());
    servers.pids().forEach(pid -> warden.add(ProcessHandle.of(pid).orElseThrow()));
    var door = setting.failover() ? servers.uri() : null;
    var stage = new Child.Stage(folder, history, warden, door);
    int port = servers.first().port();
    for (int i = 1; i <= setting.workers(); i++) {
      var arguments =
          List.of(
              Integer.toString(setting.concurrency()),
              Integer.toString(setting.cap()),
              Long.toString(setting.lease().toMillis()));
      add(new Child("worker-" + i, WorkerChild.class, arguments, new Line(port), stage));
    }
    for (int i = 1; i <= setting.producers(); i++) {
      var arguments =
          List.of(
              "%d",
              Integer.toString(setting.groups()),
              Long.toString(seed),
              Boolean.toString(setting.failover()));
      add(new Child("producer-" + i, ProducerChild.class, arguments, new Line(port), stage));
    }
  }

  private void add(Child child) {
    children.put(child.name(), child);
  }

  /// Runs, prints what happens and the table, and deletes the histories when all is well.
  ///
  /// @param out takes lines
  static Report run(long seed, Duration time, Setting setting, Consumer<String> out)
      throws IOException, InterruptedException {
    var schedule = Schedule.of(seed, time, setting);
    Path folder;
    Report report;
    try (var chaos = new Chaos(seed, setting)) {
      folder = chaos.folder;
      out.accept(
          "chaos: seed %d, %s, %d producers, %d workers with %d jobs at once, lease %s, histories in %s"
              .formatted(
                  seed,
                  chaos.servers.first().name(),
                  setting.producers(),
                  setting.workers(),
                  setting.concurrency(),
                  setting.lease(),
                  folder));
      chaos.breakThings(schedule, out);
      chaos.drain(out);
    }
    report = Checker.check(setting, History.readAll(folder));
    out.accept(report.text());
    if (report.passed()) {
      delete(folder);
    } else {
      out.accept("chaos: histories and logs are in " + folder);
    }
    out.accept(
        "chaos: seed %d, %d events, %s"
            .formatted(seed, schedule.events().size(), report.passed() ? "passed" : "FAILED"));
    return report;
  }

  private void breakThings(Schedule schedule, Consumer<String> out) throws InterruptedException {
    children.values().forEach(Child::start);
    try (var queues = open();
        var _ = new Observer(queues, history);
        var breaker = new Breaker(servers, children, warden, history)) {
      awaitWork(queues);
      long start = System.nanoTime();
      for (var event : schedule.events()) {
        long wait = event.at() - (System.nanoTime() - start) / 1_000_000;
        if (wait > 0) {
          Thread.sleep(wait);
        }
        out.accept("%7.3f s  %s".formatted((System.nanoTime() - start) / 1e9, event.fault()));
        breaker.strike(event.fault());
      }
    }
    children.values().forEach(child -> child.line().heal());
  }

  /// Processes take their time to start; nothing is broken before each is there and work is done.
  private void awaitWork(Queues queues) throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (queues.queue(Setting.QUEUE).counts().finished() < BEFORE
        || !children.values().stream().allMatch(Child::hasStarted)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("nothing is done; see the logs in " + folder);
      }
      Thread.sleep(50);
    }
  }

  private void drain(Consumer<String> out) throws IOException, InterruptedException {
    out.accept("draining");
    end("producer");
    try (var queues = open()) {
      Aftermath.awaitDrained(queues, DRAIN);
      end("worker");
      history.add(Aftermath.jobs(queues));
    }
    history.add(Aftermath.keys(servers.primary().port()));
  }

  private void end(String role) throws InterruptedException {
    var those = children.values().stream().filter(child -> child.name().startsWith(role)).toList();
    those.forEach(Child::stop);
    for (var child : those) {
      child.awaitEnd();
    }
  }

  private Queues open() {
    return Queues.builder()
        .server(servers.uri())
        .namespace(Setting.NAMESPACE)
        .patience(PATIENCE)
        .open();
  }

  @Override
  public void close() {
    children.values().forEach(Child::kill);
    children.values().forEach(child -> child.line().close());
    servers.close();
    warden.close();
    history.close();
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
