package tg.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

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
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java,
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-p",
            System.getProperty("jdk.module.path"),
            "-m",
            main);
    builder.environment().putAll(settings);
    return builder
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
