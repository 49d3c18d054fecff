package tg.evening;

import java.lang.ref.Reference;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/// `./tg evening`.
final class Main {
  private static final String USAGE =
      """
      usage: ./tg evening [--seed S] [--tasks N] [--faults PERCENT] [--delivery new|edit]
        --seed      who asks what when, and what goes wrong, a whole number; without it one of chance, which is printed
        --tasks     how many are asked, 50 to 20000; default 3000, which takes about six minutes
        --faults    how many of a hundred calls of the Bot API fail, 0 to 50; default 0
        --delivery  how answers come; default new\
      """;

  private Main() {}

  static void main(String[] args) throws Exception {
    long seed = ThreadLocalRandom.current().nextInt(1_000_000);
    int tasks = 3000;
    int faults = 0;
    boolean edit = false;
    Setting setting;
    try {
      for (int i = 0; i < args.length; i += 2) {
        if (i + 1 == args.length) {
          throw new IllegalArgumentException("a value is missing after " + args[i]);
        }
        var value = args[i + 1];
        switch (args[i]) {
          case "--seed" -> seed = Long.parseLong(value);
          case "--tasks" -> tasks = Integer.parseInt(value);
          case "--faults" -> faults = Integer.parseInt(value);
          case "--delivery" -> edit = edit(value);
          default -> throw new IllegalArgumentException("there is no option " + args[i]);
        }
      }
      setting = new Setting(seed, tasks, faults, edit);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(2);
      return;
    }
    System.exit(run(setting) ? 0 : 1);
  }

  private static boolean edit(String value) {
    return switch (value) {
      case "new" -> false;
      case "edit" -> true;
      default -> throw new IllegalArgumentException("--delivery is new or edit, not " + value);
    };
  }

  private static boolean run(Setting setting) throws Exception {
    // What goes wrong is printed by us.
    var log = Logger.getLogger("tg.queue");
    log.setLevel(Level.SEVERE);
    try {
      return Evening.hold(setting, System.out::println);
    } finally {
      Reference.reachabilityFence(log);
    }
  }
}
