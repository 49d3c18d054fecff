package tg.checks;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// One Java file, parsed by the JDK's own compiler. The file's name is relative to the repository.
record Source(String file, String text, CompilationUnitTree tree, SourcePositions positions) {

  /// Parses files, given as name to text, without resolving any name in them.
  static List<Source> parse(Map<String, String> texts) {
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    var files = texts.entrySet().stream().map(e -> new InMemory(e.getKey(), e.getValue())).toList();
    var task = (JavacTask) compiler.getTask(null, null, _ -> {}, null, null, files);
    var positions = Trees.instance(task).getSourcePositions();
    var sources = new ArrayList<Source>();
    try {
      for (var tree : task.parse()) {
        var file = tree.getSourceFile();
        sources.add(
            new Source(
                file.getName().substring(1),
                file.getCharContent(true).toString(),
                tree,
                positions));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(sources);
  }

  boolean isMain() {
    return file.contains("src/main/");
  }

  boolean isModuleInfo() {
    return file.endsWith("module-info.java");
  }

  String packageName() {
    return tree.getPackageName() == null ? "" : tree.getPackageName().toString();
  }

  /// All parts of one kind, outer ones before what is in them.
  <T extends Tree> List<T> all(Class<T> kind) {
    var found = new ArrayList<T>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree part, @Nullable Void nothing) {
        if (kind.isInstance(part)) {
          found.add(kind.cast(part));
        }
        return super.scan(part, null);
      }
    }.scan(tree, null);
    return found;
  }

  long line(Tree part) {
    return tree.getLineMap().getLineNumber(positions.getStartPosition(tree, part));
  }

  /// The number of lines from the first token of `part` (annotations, but no Javadoc) to its last.
  long lines(Tree part) {
    return tree.getLineMap().getLineNumber(positions.getEndPosition(tree, part)) - line(part) + 1;
  }

  Finding finding(Tree part, String advice) {
    return new Finding(file, line(part), advice);
  }

  private static final class InMemory extends SimpleJavaFileObject {
    private final String text;

    InMemory(String name, String text) {
      super(URI.create("memory:///" + name), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
