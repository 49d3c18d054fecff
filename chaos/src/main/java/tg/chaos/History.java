package tg.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The append-only file in which one process says what happens. What {@link #add} was given is
/// there even if the process is killed right after. Thread-safe.
final class History implements AutoCloseable {
  // Not a channel: the interrupt of a handler would close it.
  private final FileOutputStream file;

  History(Path path) {
    try {
      this.file = new FileOutputStream(path.toFile(), true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  synchronized void add(List<? extends Entry> entries) {
    var text = new StringBuilder();
    entries.forEach(entry -> text.append(entry.line()));
    try {
      file.write(text.toString().getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a history", e);
    }
  }

  void add(Entry entry) {
    add(List.of(entry));
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a history", e);
    }
  }

  /// Reads all histories of a folder. The last line of a file may be torn; it is left out then.
  static List<Entry> readAll(Path folder) {
    var entries = new ArrayList<Entry>();
    try (var files = Files.newDirectoryStream(folder, "*.tsv")) {
      for (var file : files) {
        var text = Files.readString(file);
        text.substring(0, text.lastIndexOf('\n') + 1)
            .lines()
            .forEach(line -> entries.add(Entry.read(line)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the histories in " + folder, e);
    }
    return entries;
  }
}
