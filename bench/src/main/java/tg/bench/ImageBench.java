package tg.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tg.api.MessageRef;
import tg.outbox.Task;
import tg.queue.JobId;
import tg.queue.Queues;
import tg.sim.Sim;
import tg.sim.SimOptions;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// The images of the bot and of the worker: what has to be pulled, how fast they start, what memory
/// they hold. Each start is of a container of its own, restricted as in the pod.
final class ImageBench {
  private static final String TOKEN = "777:bench-bench-bench-bench-bench-be";
  private static final String BOT = "localhost/tg-bot";
  private static final String WORKER = "localhost/tg-worker";
  private static final int STARTS = 9;
  private static final int TASKS = 10_000;
  private static final int IN_FLIGHT = 256;

  private final Map<ImageFigure, Double> values = new EnumMap<>(ImageFigure.class);
  private final Map<ImageFigure, Double> gzip = new EnumMap<>(ImageFigure.class);
  private final Path folder;

  private ImageBench(Path folder) {
    this.folder = folder;
  }

  static int run(String[] args) throws Exception {
    if (args.length != 0 && (args.length != 2 || !args[0].equals("--json"))) {
      System.err.println("usage: ./tg bench image [--json FILE]");
      return 2;
    }
    var bench = new ImageBench(Files.createTempDirectory("tg-bench"));
    bench.sizes();
    var binary = ServerBinary.find(bench.folder.resolve("bin"));
    try (var server = ServerProcess.start(binary, bench.folder.resolve("data")).dyingWithJvm();
        var sim = Sim.start(SimOptions.standard());
        var queues = Queues.connect(server.uri())) {
      var bot = sim.bot(TOKEN);
      bench.bot(sim, bot, settings(sim, server));
      bench.worker(server, settings(sim, server));
      bench.load(queues, server, settings(sim, server));
    }
    bench.report();
    if (args.length == 2) {
      Files.writeString(Path.of(args[1]), bench.json(), UTF_8);
    }
    return 0;
  }

  private static Map<String, String> settings(Sim sim, ServerProcess server) {
    var settings = new HashMap<String, String>();
    settings.put("TG_TOKEN", TOKEN);
    settings.put("TG_API_URL", sim.uri().toString());
    settings.put("TG_VALKEY", server.uri().toString());
    settings.put("TG_LOG_LEVEL", "warning");
    settings.put("TG_RATE_ALL", "off");
    settings.put("TG_RATE_CHAT", "off");
    settings.put("TG_RATE_GROUP", "off");
    return settings;
  }

  private void sizes() throws IOException {
    var pulled = new PulledSize(folder);
    put(ImageFigure.BOT_PULLED, pulled.mib(List.of(BOT)));
    put(ImageFigure.WORKER_PULLED, pulled.mib(List.of(WORKER)));
    put(ImageFigure.BOTH_PULLED, pulled.mib(List.of(BOT, WORKER)));
  }

  private void put(ImageFigure figure, double[] sizes) {
    values.put(figure, sizes[0]);
    gzip.put(figure, sizes[1]);
  }

  private void bot(Sim sim, long bot, Map<String, String> settings) throws Exception {
    var starts = new double[STARTS];
    var idle = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      try (var container = Container.prepare(BOT, settings)) {
        long started = container.start();
        Container.await(() -> sim.polls(bot));
        starts[i] = (System.nanoTime() - started) / 1e6;
        idle[i] = idle(container);
      }
      Container.await(() -> !sim.polls(bot));
    }
    values.put(ImageFigure.BOT_START, median(starts));
    values.put(ImageFigure.BOT_IDLE, median(idle));
  }

  private void worker(ServerProcess server, Map<String, String> settings) throws Exception {
    var starts = new double[STARTS];
    var idle = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      try (var claims = new Claims(server.uri());
          var container = Container.prepare(WORKER, settings)) {
        long started = container.start();
        Container.await(claims::seen);
        starts[i] = (System.nanoTime() - started) / 1e6;
        idle[i] = idle(container);
      }
    }
    values.put(ImageFigure.WORKER_START, median(starts));
    values.put(ImageFigure.WORKER_IDLE, median(idle));
  }

  private void load(Queues queues, ServerProcess server, Map<String, String> settings)
      throws Exception {
    settings.put("TG_CONCURRENCY", Integer.toString(IN_FLIGHT));
    var tasks = queues.queue(Task.QUEUE);
    try (var claims = new Claims(server.uri());
        var container = Container.prepare(WORKER, settings)) {
      container.start();
      Container.await(claims::seen);
      long done = tasks.counts().finished();
      queues.enqueueAll(
          IntStream.range(0, TASKS).mapToObj(i -> task(i).toJob()).collect(Collectors.toList()));
      Container.await(() -> tasks.counts().finished() - done >= TASKS);
      values.put(ImageFigure.WORKER_LOADED, container.residentMib());
    }
  }

  private static Task task(int i) {
    var message = new MessageRef(1001 + i, 1, 0);
    return new Task(
        new JobId("bench." + i),
        message,
        new Task.Asker(1001 + i, "Ann", "en"),
        "",
        "How many words are in this sentence?",
        null,
        Instant.EPOCH);
  }

  private static double idle(Container container) throws IOException, InterruptedException {
    Thread.sleep(Duration.ofSeconds(3));
    return container.residentMib();
  }

  private static double median(double[] numbers) {
    java.util.Arrays.sort(numbers);
    return numbers[numbers.length / 2];
  }

  private void report() {
    values.forEach((figure, value) -> {
      var beside = gzip.containsKey(figure) ? "; gzip -9 %.1f".formatted(gzip.get(figure)) : "";
      System.out.println(figure.verdict(value) + beside);
    });
  }

  private String json() {
    return values.entrySet().stream()
        .map(each -> "\n  " + each.getKey().row(each.getValue()))
        .collect(Collectors.joining(",", "{\"rows\":[", "\n]}\n"));
  }
}
