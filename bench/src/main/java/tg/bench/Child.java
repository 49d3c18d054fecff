package tg.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program of ours in a process of its own, on the module path of this one.
final class Child {
  private Child() {}

  static Process start(String main, Map<String, String> settings) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder = new ProcessBuilder(java, "-p", System.getProperty("jdk.module.path"), "-m", main);
    builder.environment().keySet().removeIf(key -> key.startsWith("TG_"));
    builder.environment().putAll(settings);
    return builder.inheritIO().start();
  }

  /// A program that reads what we write to it.
  static Process fed(String main, Map<String, String> settings) throws IOException {
    return small(main, settings).redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// A program that reads what we write to it, and that we hear.
  static Process heard(String main, Map<String, String> settings) throws IOException {
    return small(main, settings).start();
  }

  /// Ends such a program by the end of its input.
  static void end(Process child) throws IOException, InterruptedException {
    child.outputWriter(UTF_8).close();
    if (!child.waitFor(10, TimeUnit.SECONDS)) {
      child.destroyForcibly();
    }
  }

  private static ProcessBuilder small(String main, Map<String, String> settings) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var modules = System.getProperty("jdk.module.path");
    var builder =
        new ProcessBuilder(java, "-XX:+UseSerialGC", "-Xmx64m", "-p", modules, "-m", main);
    builder.environment().putAll(settings);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
