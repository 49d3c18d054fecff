package tg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tg.queue.JobId;
import tg.queue.JobState;
import tg.queue.Queues;
import tg.queue.Registry;
import tg.sim.Sim;
import tg.sim.SimMessage;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// What people feel while the bot has much to do: every slot of the worker is busy and 10,000 tasks
/// wait, all asked for in the chat. Bot, worker and server are processes of their own; times are
/// the simulator's, but for the end of a canceled task, which is when the queue says so.
final class TalkBench {
  private static final long BOT = 777;
  private static final int SLOTS = 16;
  private static final int WAITING = 10_000;
  private static final int PEOPLE = 1_000;
  private static final int MESSAGES = 200;
  private static final int PRESSES = 200;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Sim sim;
  private final Queues queues;

  private TalkBench(Sim sim, Queues queues) {
    this.sim = sim;
    this.queues = queues;
  }

  static int run(String[] args) throws IOException, InterruptedException {
    if (args.length > 0) {
      System.err.println("usage: ./tg bench talk");
      return 2;
    }
    var folder = Files.createTempDirectory("tg-bench");
    var binary = ServerBinary.find(folder.resolve("bin"));
    try (var server = ServerProcess.start(binary, folder.resolve("data")).dyingWithJvm();
        var sim = Sim.start();
        var queues = Queues.connect(server.uri())) {
      sim.bot(BOT + ":bench");
      var settings = settings(sim, server, folder);
      var bot = Child.start("tg.bot/tg.bot.Main", settings);
      var worker = Child.start("tg.worker/tg.worker.process.Main", settings);
      try {
        System.out.println("server: " + server.name() + ", " + SLOTS + " worker slots");
        return new TalkBench(sim, queues).measure();
      } finally {
        bot.destroyForcibly().waitFor();
        worker.destroyForcibly().waitFor();
      }
    }
  }

  private static Map<String, String> settings(Sim sim, ServerProcess server, Path folder)
      throws IOException {
    var endless = Files.writeString(folder.resolve("endless.sh"), "exec sleep 3600\n");
    var settings = new HashMap<String, String>();
    settings.put("TG_TOKEN", BOT + ":bench");
    settings.put("TG_API_URL", sim.uri().toString());
    settings.put("TG_VALKEY", server.uri().toString());
    settings.put("TG_CONCURRENCY", Integer.toString(SLOTS));
    settings.put("TG_LOG_LEVEL", "warning");
    settings.put("TG_EXEC", "sh " + endless);
    settings.put("TG_TASK_DEADLINE", "3600");
    // Telegram's own pace would take minutes for 10,000 acknowledgements; this is about the bot.
    settings.put("TG_RATE_ALL", "off");
    settings.put("TG_RATE_CHAT", "off");
    settings.put("TG_RATE_GROUP", "off");
    settings.put("TG_MAX_WAITING", "0");
    return settings;
  }

  private int measure() throws InterruptedException {
    fill();
    var verdict = new Verdict();
    var acknowledged = acknowledgements();
    System.out.printf("%d messages, %d presses%n", MESSAGES, PRESSES);
    verdict.within("message to acknowledgement, ms, median", at(acknowledged, 0.5), 0, 300);
    verdict.within("message to acknowledgement, ms, p99", at(acknowledged, 0.99), 0, 300);
    presses(verdict);
    long waiting = queues.queue("tasks").counts().waiting();
    verdict.within("tasks that still wait at the end", (double) waiting, WAITING, 2 * WAITING);
    return verdict.status();
  }

  private void fill() throws InterruptedException {
    var chats = new ArrayList<String>();
    for (int i = 0; i < PEOPLE; i++) {
      chats.add(sim.privateChat(BOT, sim.user("Person " + i)));
    }
    // More than what must wait: a canceled task makes room for one of them.
    int all = WAITING + PRESSES + SLOTS;
    long start = System.nanoTime();
    for (int i = 0; i < all; i++) {
      sim.say(chats.get(i % PEOPLE), "task " + i);
    }
    var tasks = queues.queue("tasks");
    await(
        "tasks that wait",
        () -> tasks.counts().waiting() >= all - SLOTS && tasks.counts().running() == SLOTS);
    await("their acknowledgements", () -> queues.queue("outbox").counts().waiting() == 0);
    System.out.printf("%d tasks admitted in %.1f s%n", all, (System.nanoTime() - start) / 1e9);
  }

  private List<Double> acknowledgements() throws InterruptedException {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < MESSAGES; i++) {
      var chat = sim.privateChat(BOT, sim.user("Late " + i));
      var asked = sim.say(chat, "hello");
      await("an acknowledgement", () -> acknowledgement(chat, asked.id()).isPresent());
      var sent = acknowledgement(chat, asked.id()).orElseThrow();
      millis.add(millis(asked.sentAt(), sent.sentAt()));
    }
    return millis;
  }

  /// Cancels tasks that run; others take their places.
  private void presses(Verdict verdict) throws InterruptedException {
    var answered = new ArrayList<Double>();
    var stopped = new ArrayList<Double>();
    var tasks = queues.queue("tasks");
    for (int i = 0; i < PRESSES; i++) {
      await("busy slots", () -> tasks.counts().running() == SLOTS);
      var task = tasks.list(Registry.RUNNING, 0, SLOTS).get(i % SLOTS).id();
      // A task is called bot.chat.message.
      var parts = task.value().split("\\.", -1);
      var chat = sim.privateChat(BOT, Long.parseLong(parts[1]));
      var ack = acknowledgement(chat, Integer.parseInt(parts[2])).orElseThrow();
      var press = sim.press(chat, ack.id(), ack.shown().buttons().getFirst().data());
      long start = System.nanoTime();
      await("the end of " + task, () -> canceled(task));
      stopped.add((System.nanoTime() - start) / 1e6);
      await("an answer", () -> sim.callback(press.id()).answeredAt().isPresent());
      var callback = sim.callback(press.id());
      answered.add(millis(callback.at(), callback.answeredAt().orElseThrow()));
    }
    verdict.within("tap on Cancel to its answer, ms, p99", at(answered, 0.99), 0, 300);
    verdict.within("tap on Cancel to the end of the task, ms, median", at(stopped, 0.5), 0, 1_000);
    System.out.printf("  (p99 %.0f ms)%n", at(stopped, 0.99));
  }

  private boolean canceled(JobId task) {
    return queues
        .queue("tasks")
        .find(task)
        .filter(info -> info.state() instanceof JobState.Canceled)
        .isPresent();
  }

  private Optional<SimMessage> acknowledgement(String chat, int asked) {
    return sim.transcript(chat).stream()
        .filter(each -> each.silent() && each.replyTo().orElse(0) == asked)
        .findFirst();
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }

  private static double at(List<Double> values, double share) {
    var sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((int) (share * (sorted.size() - 1)));
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
