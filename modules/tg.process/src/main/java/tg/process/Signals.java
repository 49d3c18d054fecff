package tg.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// The signals that ask a process to end. The first one ends the JVM, and none of ours is needed
/// for it; this is for those that come while it ends. Thread-safe.
final class Signals {
  private static final System.Logger LOG = System.getLogger("tg.process");

  private Signals() {}

  /// Takes over SIGTERM and SIGINT, which costs a start some time: so only when the end has begun.
  ///
  /// @param task is run at each of them
  static void hear(Runnable task) {
    listen("TERM", task);
    listen("INT", task);
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
