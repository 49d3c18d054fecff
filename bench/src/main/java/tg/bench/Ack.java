package tg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tg.queue.Queues;
import tg.sim.Sim;
import tg.sim.SimMessage;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// Is the acknowledgement independent of the work? Bot, worker and server are processes of their
/// own; times are those of the simulator, from the moment a person's message is there to the moment
/// its acknowledgement is.
///
/// Idle and busy rounds alternate, so that a change of the machine's speed meets both alike. Busy
/// means: every slot of the worker runs a task that waits, and as many again wait in the queue.
final class Ack {
  private static final String TOKEN = "777:bench";
  private static final int SLOTS = 16;
  private static final int ROUNDS = 5;
  private static final int MESSAGES = 40;
  private static final double MUST = 1.5;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Sim sim;
  private final Queues queues;

  private Ack(Sim sim, Queues queues) {
    this.sim = sim;
    this.queues = queues;
  }

  static int run(String[] args) throws Exception {
    if (args.length > 0) {
      System.err.println("usage: ./tg bench ack");
      return 2;
    }
    var folder = Files.createTempDirectory("tg-bench");
    var binary = ServerBinary.find(folder.resolve("bin"));
    var release = folder.resolve("release");
    try (var server = ServerProcess.start(binary, folder.resolve("data")).dyingWithJvm();
        var sim = Sim.start();
        var queues = Queues.connect(server.uri())) {
      sim.bot(TOKEN);
      var settings = new HashMap<String, String>();
      // Faster than a chat may be; this is about the bot.
      List.of("TG_RATE_ALL", "TG_RATE_CHAT", "TG_RATE_GROUP")
          .forEach(rate -> settings.put(rate, "off"));
      settings.putAll(
          Map.of(
              "TG_TOKEN",
              TOKEN,
              "TG_API_URL",
              sim.uri().toString(),
              "TG_VALKEY",
              server.uri().toString(),
              "TG_CONCURRENCY",
              Integer.toString(SLOTS),
              // Else an idle bot would wait for the answer before it acknowledges.
              "TG_PLACEHOLDER_AFTER",
              "0",
              "TG_LOG_LEVEL",
              "warning",
              "TG_EXEC",
              "sh " + holding(folder, release)));
      var bot = Child.start("tg.bot/tg.bot.Main", settings);
      var worker = Child.start("tg.worker/tg.worker.process.Main", settings);
      try {
        System.out.println("server: " + server.name() + ", " + SLOTS + " worker slots");
        return new Ack(sim, queues).measure(release);
      } finally {
        bot.destroyForcibly().waitFor();
        worker.destroyForcibly().waitFor();
      }
    }
  }

  /// A program that answers at once, unless it is told to hold: then when the release file is
  /// there.
  private static Path holding(Path folder, Path release) throws IOException {
    return Files.writeString(
        folder.resolve("hold.sh"),
        """
        read text
        while [ "$text" = hold ] && [ ! -e '%s' ]; do sleep 1; done
        echo ok
        """
            .formatted(release));
  }

  private int measure(Path release) throws Exception {
    round(MESSAGES, 0, true); // warm-up
    var idle = new ArrayList<Double>();
    var busy = new ArrayList<Double>();
    var tasks = queues.queue("tasks");
    for (int i = 1; i <= ROUNDS; i++) {
      idle.addAll(round(MESSAGES, 2 * i, true));
      Files.deleteIfExists(release);
      for (int slot = 0; slot < 2 * SLOTS; slot++) {
        sim.say(sim.privateChat(777, sim.user("Holder")), "hold");
      }
      await("busy slots", () -> tasks.counts().running() == SLOTS);
      busy.addAll(round(MESSAGES, 2 * i + 1, false));
      Files.createFile(release);
      await("an empty queue", () -> working() == 0);
    }
    double ratio = median(busy) / median(idle);
    System.out.printf("message to acknowledgement, %d messages each%n", idle.size());
    System.out.printf("  idle  median %6.2f ms   p95 %6.2f ms%n", median(idle), p95(idle));
    System.out.printf("  busy  median %6.2f ms   p95 %6.2f ms%n", median(busy), p95(busy));
    System.out.printf("  busy : idle  %.2f (must be at most %.1f)%n", ratio, MUST);
    return ratio <= MUST ? 0 : 1;
  }

  /// Says something to the bot, waits for the acknowledgement, and so on, each time in a chat of
  /// its own.
  private List<Double> round(int messages, int number, boolean idle) throws Exception {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < messages; i++) {
      var chat = sim.privateChat(777, sim.user("Person " + number + "." + i));
      var asked = sim.say(chat, "hello");
      await("an acknowledgement", () -> acknowledgement(chat).isPresent());
      var acknowledged = acknowledgement(chat).orElseThrow();
      millis.add(Duration.between(asked.sentAt(), acknowledged.sentAt()).toNanos() / 1e6);
      if (idle) {
        await("an answer", () -> sim.transcript(chat).size() == 3);
        await("an idle worker", () -> working() == 0);
      }
    }
    return millis;
  }

  private long working() {
    var counts = queues.queue("tasks").counts();
    return counts.running() + counts.waiting();
  }

  private Optional<SimMessage> acknowledgement(String chat) {
    return sim.transcript(chat).stream().filter(SimMessage::silent).findFirst();
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private static double median(List<Double> values) {
    return quantile(values, 0.5);
  }

  private static double p95(List<Double> values) {
    return quantile(values, 0.95);
  }

  private static double quantile(List<Double> values, double share) {
    var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return Arrays.stream(sorted).skip((long) (share * (sorted.length - 1))).findFirst().orElse(0);
  }
}
