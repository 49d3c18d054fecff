package tg.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each module exports and requires, seen from outside: a change shows in review as a change
/// of `module.expected.txt`, which `./tg fix` rewrites.
final class ModuleDescriptorTest {

  static List<Path> modules() throws IOException {
    try (var folders = Files.list(Repository.find().resolve("modules"))) {
      return folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theDescriptorIsTheExpectedOne(Path module) throws IOException {
    var golden = module.resolve("module.expected.txt");
    var actual = describe(jar(module));
    if ("write".equals(System.getProperty("tg.golden"))) {
      Files.write(golden, actual);
    }
    var expected = Files.exists(golden) ? Files.readAllLines(golden) : List.<String>of();
    var changes = new ArrayList<String>();
    expected.stream()
        .filter(line -> !actual.contains(line))
        .map("- "::concat)
        .forEach(changes::add);
    actual.stream()
        .filter(line -> !expected.contains(line))
        .map("+ "::concat)
        .forEach(changes::add);
    if (!changes.isEmpty()) {
      fail(
          golden
              + " is not what was built; if the change is meant, run ./tg fix:\n"
              + String.join("\n", changes));
    }
  }

  private static Path jar(Path module) throws IOException {
    var target = module.resolve("target");
    if (!Files.isDirectory(target)) {
      throw new AssertionError(module + " was not built: see the errors above, or run ./tg test");
    }
    try (var files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[\\w.]+-[0-9.]+[.]jar"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no jar in " + module + "/target: run ./tg test"));
    }
  }

  /// The output of `jar --describe-module`, without the place of the jar.
  private static List<String> describe(Path jar) {
    var out = new StringWriter();
    var err = new StringWriter();
    var tool = ToolProvider.findFirst("jar").orElseThrow();
    var status =
        tool.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "--describe-module",
            "--file",
            jar.toString());
    assertEquals(0, status, err::toString);
    var lines = out.toString().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    var name = lines.getFirst().split("[ @]", 2)[0];
    return Stream.concat(Stream.of(name), lines.stream().skip(1)).toList();
  }
}
