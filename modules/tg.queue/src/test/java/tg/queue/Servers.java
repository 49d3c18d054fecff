package tg.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.lifecycle.Store;
import org.junit.jupiter.api.extension.ExtensionContext;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// The servers of one test run, started when first asked for and stopped at its end. Says once
/// which ones they are.
final class Servers implements AutoCloseable, Store.CloseOnReset {
  /// The configuration parameter (or system property) that names one server, the only one to be
  /// used.
  static final String ONLY = "tg.only-server";

  private static final String INSTALL =
      "valkey-server is not on the PATH: install Valkey 8 (Debian: apt-get install valkey-server)";

  private final List<ServerBinary> binaries = new ArrayList<>();
  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<Backend> backends = new ArrayList<>();
  private final Path folder;

  private Servers(String purpose, boolean spread) {
    folder = folder();
    valkey().ifPresent(binaries::add);
    binaries.add(ServerBinary.embedded(Path.of("target", "servers")));
    for (var binary : binaries) {
      var server =
          ServerProcess.start(binary, folder.resolve(binary.name().replace(' ', '-')))
              .dyingWithJvm();
      processes.add(server);
      backends.add(new Backend.Server(binary.name(), server.uri()));
    }
    Optional.ofNullable(System.getenv("TG_VALKEY"))
        .map(uri -> new Backend.Server("TG_VALKEY", URI.create(uri)))
        .ifPresent(backends::add);
    backends.add(new Backend.Memory(1));
    if (spread) {
      backends.add(new Backend.Server(binaries.getFirst().name(), processes.getFirst().uri(), 4));
      backends.add(new Backend.Memory(4));
    }
    say(purpose);
  }

  private Servers(URI only) {
    folder = folder();
    backends.add(new Backend.Server(only.toString(), only));
    say("contract");
  }

  private void say(String purpose) {
    System.out.println(
        purpose
            + ": "
            + backends.stream().map(Backend::toString).collect(Collectors.joining(", ")));
  }

  /// {@return the servers of this run of JUnit}
  static Servers of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(
            Servers.class,
            type ->
                context
                    .getConfigurationParameter(ONLY)
                    .map(uri -> new Servers(URI.create(uri)))
                    .orElseGet(() -> new Servers("contract", true)),
            Servers.class);
  }

  /// Starts servers of one's own.
  ///
  /// @param purpose the first word of the line that says which they are
  static Servers open(String purpose) {
    return new Servers(purpose, false);
  }

  /// {@return everywhere a contract must hold}
  List<Backend> backends() {
    return List.copyOf(backends);
  }

  /// {@return the programs of which a test may start a server of its own}
  List<ServerBinary> binaries() {
    return List.copyOf(binaries);
  }

  @Override
  public void close() {
    processes.forEach(ServerProcess::close);
    delete(folder);
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(
          Files.createDirectories(Path.of("target", "servers")), "run");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + tree, e);
    }
  }

  private static Optional<ServerBinary> valkey() {
    var binary = ServerBinary.valkeyOnPath();
    if (binary.isEmpty()) {
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(INSTALL);
      }
      System.out.println("contract: VALKEY DID NOT RUN. " + INSTALL);
    }
    return binary;
  }
}
