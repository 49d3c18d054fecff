package tg.jlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// The classes that the cache holds, as a training run found them ({@link Training}), in order and
/// without what differs from run to run: the same list makes the same cache. A class that is gone
/// is passed over, a new one is loaded the slow way, so a list that is a little old does no harm.
final class ClassList {
  static final String FILE = "programs.classes";

  private ClassList() {}

  /// {@return the list as it was recorded last}
  static List<String> recorded() {
    try (var in = ClassList.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new BuildError(FILE + " is missing: make it with ./tg image --train");
      }
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// {@return what the JVM wrote with `-XX:DumpLoadedClassList`, put in order}
  static List<String> normal(Collection<Path> dumps) {
    // A call site can be resolved only when its class is loaded.
    var lines =
        new TreeSet<>(
            Comparator.comparing((String line) -> line.startsWith("@"))
                .thenComparing(Comparator.naturalOrder()));
    for (var dump : dumps) {
      try {
        for (var line : Files.readAllLines(dump)) {
          if (!line.startsWith("#") && !line.contains(" source: ") && !line.isBlank()) {
            lines.add(line.replaceFirst(" id: \\d+$", ""));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return List.copyOf(lines);
  }
}
