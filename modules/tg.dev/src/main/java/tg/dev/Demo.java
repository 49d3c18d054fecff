package tg.dev;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import tg.process.InvalidSettings;
import tg.process.Program;
import tg.process.Settings;
import tg.sim.Sim;
import tg.sim.SimOptions;

/// `./tg demo`: bot, worker, simulator and server in one process; talk to it in the web chat, or
/// with `--say`.
final class Demo {
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private Demo() {}

  static void main(String[] args) {
    Arguments arguments;
    try {
      arguments = Arguments.of(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    int status = run(arguments);
    System.exit(status);
  }

  private static int run(Arguments arguments) {
    var token = "424242:" + secret();
    var interrupted = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var hook = new Thread(() -> atSignal(interrupted, ended), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    var given = System.getenv("TG_VALKEY");
    try (var server =
            given == null || given.isBlank()
                ? LocalServer.temporary()
                : LocalServer.existing(URI.create(given));
        var sim = Sim.start(SimOptions.standard().port(arguments.port()))) {
      var chat = sim.privateChat(sim.bot(token), 1001);
      var variables = variables(token, sim.uri(), server.uri());
      if (!arguments.plugins().isEmpty()) {
        variables.put("TG_PLUGINS", arguments.plugins());
      }
      var settings = Settings.read(variables);
      var worker = Program.named("worker").start(settings);
      var bot = Program.named("bot").start(settings);
      System.out.println("server: " + server.name());
      System.out.println("web chat: " + sim.uri());
      try {
        if (arguments.say().isEmpty()) {
          System.out.println("Talk to the bot there. Stop with Ctrl-C.");
          interrupted.await();
          return 0;
        }
        return new Conversation(sim, chat, System.out).hold(arguments.say()) ? 0 : 1;
      } finally {
        bot.stop(DRAIN);
        worker.stop(DRAIN);
      }
    } catch (InvalidSettings e) {
      System.err.println(e.getMessage());
      return 2;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    } finally {
      ended.countDown();
    }
  }

  private static Map<String, String> variables(String token, URI api, URI valkey) {
    var variables = new HashMap<>(System.getenv());
    variables.remove("TG_TOKEN_FILE");
    variables.put("TG_TOKEN", token);
    variables.put("TG_API_URL", api.toString());
    variables.put("TG_VALKEY", valkey.toString());
    variables.putIfAbsent("TG_NAMESPACE", "demo-" + secret().substring(0, 8));
    return variables;
  }

  private static String secret() {
    var bytes = new byte[16];
    RandomGenerator.of("SecureRandom").nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void atSignal(CountDownLatch interrupted, CountDownLatch ended) {
    interrupted.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
