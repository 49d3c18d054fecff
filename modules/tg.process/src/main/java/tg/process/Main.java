package tg.process;

import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Runs one program until the process is told to stop. The `main` of the bot and of the worker call
/// this.
public final class Main {
  private Main() {}

  /// Reads the settings, starts the program and waits for SIGTERM or SIGINT; then stops it within
  /// the drain time. Wrong settings and a failed start end the process with status 2 and 1 and one
  /// clear message on standard error.
  public static void run(Program program) {
    Settings settings;
    try {
      settings = Settings.read(System.getenv());
    } catch (InvalidSettings e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    var log = System.getLogger("tg." + program.name());
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    // A signal starts the hook; the process ends when the hook has ended.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  stop.countDown();
                  awaitUninterruptibly(stopped);
                }));
    try {
      var running = program.start(settings);
      try (var health = health(settings.healthPort(), running.vitals())) {
        awaitUninterruptibly(stop);
        if (health != null) {
          health.drain();
        }
        running.stop(settings.drain());
      }
      log.log(Level.INFO, "stopped");
    } catch (RuntimeException e) {
      log.log(Level.ERROR, "cannot run: " + e.getMessage(), e);
      stopped.countDown();
      System.exit(1);
    } finally {
      stopped.countDown();
    }
  }

  private static @Nullable HealthServer health(int port, Vitals vitals) {
    return port == 0 ? null : HealthServer.start(port, vitals);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        // Nobody may cut a stop short: only its own deadline does.
      }
    }
  }
}
