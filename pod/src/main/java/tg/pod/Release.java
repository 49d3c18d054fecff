package tg.pod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One build of tg, as a module path from which its programs are started. Immutable.
///
/// @param name as it is shown: `old` or `new`
/// @param modules the module path
/// @param settings the environment of its processes
/// @param log where they write
record Release(String name, String modules, Map<String, String> settings, Path log) {
  Process bot() {
    return start("tg.bot/tg.bot.Main");
  }

  Process worker() {
    return start("tg.worker/tg.worker.process.Main");
  }

  private Process start(String main) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder = new ProcessBuilder(java, "-XX:+UseSerialGC", "-p", modules, "-m", main);
    builder.environment().keySet().removeIf(key -> key.startsWith("TG_"));
    builder.environment().putAll(settings);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the " + name + " " + main, e);
    }
  }

  /// Stops a process in good order.
  static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("a process did not stop within 30 s");
    }
  }
}
