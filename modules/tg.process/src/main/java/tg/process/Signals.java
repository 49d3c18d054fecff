package tg.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/// The signals that ask a process to end. The first one ends the JVM, as it does without us; once
/// that has begun, the JVM no longer hears of signals, so that the second one is ours. Thread-safe.
final class Signals {
  private static final System.Logger LOG = System.getLogger("tg.process");
  private static final int KILLED = 128;

  private Signals() {}

  /// Takes over SIGTERM and SIGINT.
  ///
  /// @param again is run at the second one, and at each after it
  static void onSecond(Runnable again) {
    var heard = new AtomicInteger();
    listen("TERM", () -> hear(heard, KILLED + 15, again));
    listen("INT", () -> hear(heard, KILLED + 2, again));
  }

  private static void hear(AtomicInteger heard, int status, Runnable again) {
    if (heard.incrementAndGet() == 1) {
      var _ = Thread.ofPlatform().name("exit").start(() -> System.exit(status));
    } else {
      again.run();
    }
  }

  /// By reflection, because the compiler has a warning for these names that cannot be turned off.
  private static void listen(String name, Runnable task) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var listener =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                task.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      var cause = e instanceof InvocationTargetException thrown ? thrown.getCause() : e;
      LOG.log(System.Logger.Level.DEBUG, "only the first SIG" + name + " is heard", cause);
    }
  }
}
