package tg.chaos;

import java.lang.ref.Reference;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/// `./tg chaos`.
final class Main {
  private static final String USAGE =
      """
      usage: ./tg chaos [--seed S] [--minutes M] [--failover]
        --seed     which schedule of faults, a whole number; without it one of chance, which is printed
        --minutes  for how long, 0.2 to 600; default 2
        --failover with a replica and Sentinels, and promotions in place of broken lines\
      """;

  private Main() {}

  static void main(String[] args) throws Exception {
    long seed = ThreadLocalRandom.current().nextInt(1_000_000);
    var minutes = new BigDecimal(2);
    var setting = Setting.USUAL;
    try {
      for (int i = 0; i < args.length; i += 2) {
        if (args[i].equals("--failover")) {
          setting = Setting.FAILOVER;
          i--;
          continue;
        }
        if (i + 1 == args.length) {
          throw new IllegalArgumentException("a value is missing after " + args[i]);
        }
        switch (args[i]) {
          case "--seed" -> seed = Long.parseLong(args[i + 1]);
          case "--minutes" -> minutes = new BigDecimal(args[i + 1]);
          default -> throw new IllegalArgumentException("there is no option " + args[i]);
        }
      }
      if (minutes.compareTo(new BigDecimal("0.2")) < 0
          || minutes.compareTo(new BigDecimal(600)) > 0) {
        throw new IllegalArgumentException("--minutes must be 0.2 to 600, not " + minutes);
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(2);
    }
    var time = Duration.ofMillis(minutes.multiply(new BigDecimal(60_000)).longValue());
    System.exit(run(seed, time, setting) ? 0 : 1);
  }

  private static boolean run(long seed, Duration time, Setting setting) throws Exception {
    // What is broken is printed by us; that the server is away now and then is no news.
    var log = Logger.getLogger("tg.queue");
    log.setLevel(Level.SEVERE);
    try {
      return Chaos.run(seed, time, setting, System.out::println).passed();
    } finally {
      Reference.reachabilityFence(log);
    }
  }
}
