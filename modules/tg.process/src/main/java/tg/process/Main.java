package tg.process;

import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs one program until the process is told to stop. The `main` of the bot and of the worker call
/// this.
public final class Main {
  private Main() {}

  /// Reads the settings, starts the program and waits for SIGTERM or SIGINT; then stops it within
  /// the drain time, or at once when a second signal comes. Wrong settings and a failed start end
  /// the process with status 2 and 1 and one clear message on standard error.
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
    var started = new AtomicBoolean();
    // A signal starts the hook; the process ends when the hook has ended. A program that has not
    // started yet holds nothing that it would have to give back.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  stop.countDown();
                  if (started.get()) {
                    awaitUninterruptibly(stopped);
                  }
                }));
    try (var health = HealthServer.start(settings.healthPort())) {
      var running = program.start(settings);
      started.set(true);
      Signals.onSecond(() -> hurry(running, log));
      health.watch(running.vitals());
      awaitUninterruptibly(stop);
      health.drain();
      running.stop(settings.drain());
      log.log(Level.INFO, "stopped");
    } catch (InvalidSettings e) {
      System.err.println(e.getMessage());
      stopped.countDown();
      System.exit(2);
    } catch (RuntimeException e) {
      log.log(Level.ERROR, "cannot run: " + e.getMessage(), e);
      stopped.countDown();
      System.exit(1);
    } finally {
      stopped.countDown();
    }
  }

  /// Not in the thread that hears signals.
  private static void hurry(Program.Running running, System.Logger log) {
    log.log(Level.WARNING, "a second signal: what runs is interrupted and given back");
    Thread.ofPlatform().daemon().name("hurry").start(running::hurry);
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
