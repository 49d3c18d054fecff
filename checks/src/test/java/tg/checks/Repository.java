package tg.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The files that the project is made of: everything in its folder but what builds and runs leave
/// there. Immutable.
///
/// @param root the folder of the project
/// @param texts the text of each text file, by its name relative to the root, in order
/// @param sources the Java files of modules, parsed
record Repository(Path root, Map<String, String> texts, List<Source> sources) {

  private static final Set<String> LEFT_OUT =
      Set.of(".git", ".tg", ".idea", ".vscode", "target", "data", "node_modules");
  private static final Set<String> TEXT =
      Set.of("java", "lua", "js", "mjs", "css", "html", "svg", "json", "xml", "md", "sh");
  private static final Set<String> TEXT_NAMES = Set.of("tg", "mvnw", "run", "Containerfile");

  static Path find() {
    var property = System.getProperty("tg.root");
    var root = property == null ? Path.of("").toAbsolutePath().getParent() : Path.of(property);
    if (root == null || !Files.exists(root.resolve("mvnw"))) {
      throw new IllegalStateException("the project is not at " + root + ": set -Dtg.root");
    }
    return root;
  }

  static Repository read() {
    var root = find();
    var texts = new TreeMap<String, String>();
    try {
      Files.walkFileTree(root, new Reader(root, texts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var java = new TreeMap<>(texts);
    java.keySet().removeIf(name -> !name.endsWith(".java") || !name.contains("/src/"));
    java.keySet().removeIf(name -> name.startsWith("third-party/"));
    return new Repository(root, texts, Source.parse(java));
  }

  private static final class Reader extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Map<String, String> texts;

    Reader(Path root, Map<String, String> texts) {
      this.root = root;
      this.texts = texts;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return LEFT_OUT.contains(name(folder))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      var name = name(file);
      if (TEXT.contains(name.substring(name.lastIndexOf('.') + 1)) || TEXT_NAMES.contains(name)) {
        texts.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
      }
      return FileVisitResult.CONTINUE;
    }

    private static String name(Path file) {
      return String.valueOf(file.getFileName());
    }
  }
}
