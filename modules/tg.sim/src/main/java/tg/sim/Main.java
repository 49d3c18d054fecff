package tg.sim;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The simulator as a program of its own.
final class Main {
  private static final String USAGE =
      """
      usage: tg sim [--port P] [--token T]... [--flood]
        --port P   listen on 127.0.0.1:P (default 8081, 0 = a free port)
        --token T  allow only this bot token (repeatable; default: any well-formed token is a bot of its own)
        --flood    enforce Telegram's flood limits\
      """;

  private Main() {}

  /// Starts the simulator and runs until the process is stopped.
  ///
  /// @param args see the usage text
  public static void main(String[] args) throws InterruptedException {
    int status = run(List.of(args), System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
    new CountDownLatch(1).await();
  }

  /// {@return 0 with a simulator running, or 2 after it has said on `err` what is wrong}
  private static int run(List<String> args, PrintStream out, PrintStream err) {
    try {
      Sim sim = Sim.start(options(args));
      Runtime.getRuntime().addShutdownHook(new Thread(sim::close));
      out.println("Telegram on your desk: " + sim.uri());
      out.println("Bot API for your bot:  " + sim.uri() + "bot<token>/<method>");
      return 0;
    } catch (SimException | UncheckedIOException e) {
      err.println(e.getMessage());
      err.println(USAGE);
      return 2;
    }
  }

  static SimOptions options(List<String> args) {
    SimOptions options = SimOptions.standard().port(8081);
    Iterator<String> words = args.iterator();
    while (words.hasNext()) {
      String word = words.next();
      options =
          switch (word) {
            case "--port" -> options.port(port(argument(words, word)));
            case "--token" -> options.token(argument(words, word));
            case "--flood" -> options.flood(true);
            default -> throw SimException.invalid("Unknown argument " + word);
          };
    }
    return options;
  }

  private static String argument(Iterator<String> words, String after) {
    if (!words.hasNext()) {
      throw SimException.invalid(after + " needs a value");
    }
    return words.next();
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw SimException.invalid("A port is a number from 0 to 65535, not " + text);
    }
  }
}
