package tg.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Our queue beside others, on the same server, on this machine; see bench/README.md.
final class QueueBench {
  private static final String USAGE =
      """
      usage: ./tg bench queue [--jobs N] [--only SYSTEM] [--json FILE] [--svg FILE]
        --jobs N       size of a round, 1,000 or more; default 20,000 (five times as many for tg, a tenth for rq)
        --only SYSTEM  tg, bullmq, sidekiq or rq
        --json FILE    writes the figures as JSON
        --svg FILE     writes a plot\
      """;

  private int jobs = 20_000;
  private List<QueueSystem> systems = List.of(QueueSystem.values());
  private @Nullable Path json;
  private @Nullable Path svg;

  private QueueBench() {}

  static int run(String[] args) throws Exception {
    var bench = new QueueBench();
    try {
      bench.read(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE);
      return 2;
    }
    return bench.run() ? 0 : 1;
  }

  private void read(String[] args) {
    if (args.length % 2 == 1) {
      throw new IllegalArgumentException("each option needs a value");
    }
    for (int i = 0; i < args.length; i += 2) {
      var value = args[i + 1];
      switch (args[i]) {
        case "--jobs" -> jobs = Integer.parseInt(value);
        case "--only" -> systems = List.of(system(value));
        case "--json" -> json = Path.of(value);
        case "--svg" -> svg = Path.of(value);
        default -> throw new IllegalArgumentException("there is no option " + args[i]);
      }
    }
    if (jobs < 1_000) {
      throw new IllegalArgumentException("--jobs " + jobs + " must be 1000 or more");
    }
  }

  private static QueueSystem system(String label) {
    return Arrays.stream(QueueSystem.values())
        .filter(system -> system.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no system " + label));
  }

  private boolean run() throws IOException, InterruptedException {
    var figures = new Figures();
    var folder = Files.createTempDirectory("tg-bench");
    boolean whole = true;
    for (var system : systems) {
      var command = system.client();
      if (command.isEmpty()) {
        System.err.println(
            "*** "
                + system.label()
                + " IS NOT INSTALLED: no figures of it (bench/README.md says how)");
        continue;
      }
      System.err.println(system.label() + " ...");
      try (var contest =
          Contest.open(system, figures, system.jobs(jobs), folder, command.orElseThrow())) {
        contest.measure();
        if (system == QueueSystem.TG) {
          OwnFigures.measure(contest, figures, system.jobs(jobs));
          OwnFigures.inFlight(figures, folder);
        }
      } catch (IOException | RuntimeException e) {
        System.err.println("*** " + system.label() + " COULD NOT BE MEASURED: " + e);
        whole = false;
      }
    }
    remove(folder);
    report(figures);
    return whole;
  }

  /// The servers' files are large.
  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void report(Figures figures) throws IOException {
    System.out.println(figures.table());
    System.out.println();
    Targets.lines(figures).forEach(System.out::println);
    if (json != null) {
      Files.writeString(json, figures.json(), UTF_8);
    }
    if (svg != null) {
      Files.writeString(svg, Plot.of(figures), UTF_8);
    }
  }
}
