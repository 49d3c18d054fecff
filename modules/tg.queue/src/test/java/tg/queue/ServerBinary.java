package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A server program on this machine. Immutable.
///
/// @param name product and version, for example `valkey 8.0.1`
/// @param program the executable file
record ServerBinary(String name, Path program) {
  private static final Pattern VERSION = Pattern.compile("(Valkey|Redis) server v=([0-9.]+)");

  /// Asks the program what it is.
  static ServerBinary of(Path program) {
    try {
      var process =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      var text = new String(process.getInputStream().readAllBytes(), UTF_8);
      var version = VERSION.matcher(text);
      if (!version.find()) {
        throw new IllegalStateException(program + " is no Valkey or Redis server: " + text);
      }
      return new ServerBinary(
          version.group(1).toLowerCase(Locale.ROOT) + " " + version.group(2), program);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + program, e);
    }
  }

  /// {@return `valkey-server`, when it is on the PATH}
  static Optional<ServerBinary> valkeyOnPath() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .map(folder -> Path.of(folder, "valkey-server"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(ServerBinary::of);
  }

  /// Unpacks the Redis server for this machine out of the embedded-redis jar, once.
  ///
  /// @param folder where the program is put
  /// @throws IllegalStateException when the jar has none for this machine
  static ServerBinary embedded(Path folder) {
    var resource = "redis-server-7.0.15-" + operatingSystem() + "-" + processor();
    var program = folder.resolve(resource);
    try (var in = ClassLoader.getSystemResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "no "
                + resource
                + " on the class path: add org.signal:embedded-redis, or install"
                + " valkey-server");
      }
      if (!Files.isExecutable(program)) {
        Files.createDirectories(folder);
        var fresh = Files.createTempFile(folder, resource, ".part");
        Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
        if (!fresh.toFile().setExecutable(true)) {
          throw new IllegalStateException("cannot make " + fresh + " executable");
        }
        Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + resource + " to " + folder, e);
    }
    return of(program);
  }

  private static String operatingSystem() {
    return System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
  }

  private static String processor() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64", "arm64" -> "arm64";
      default -> "amd64";
    };
  }
}
