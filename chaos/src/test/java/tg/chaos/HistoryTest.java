package tg.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry.Asked(1, "p", "u", "DONE", ""),
          new Entry.Answered(2, "p", "u", "accepted", "i"),
          new Entry.Started(3, "w", "u", "i", 1, 0, "g"),
          new Entry.Ended(4, "w", "u", 1),
          new Entry.Struck(5, "kill", "w"),
          new Entry.Healed(6, "kill", "w"),
          new Entry.Sampled(7, "g", 2),
          new Entry.Settled(8, "u", "i", "finished", 1, 0, 0),
          new Entry.Unfinished(9, "work", 0),
          new Entry.Misfit(10, "work", "RING 1/g"),
          new Entry.Left(10, "{chaos}/x", 77),
          new Entry.Died(11, "w", 1));

  @TempDir Path folder = Path.of("");

  @Test
  void whatIsWrittenIsRead() {
    try (var history = new History(folder.resolve("a.tsv"))) {
      history.add(ENTRIES);
    }
    assertEquals(ENTRIES, History.readAll(folder));
  }

  @Test
  void aTornLastLineIsLeftOut() throws IOException {
    var file = folder.resolve("a.tsv");
    try (var history = new History(file)) {
      history.add(ENTRIES.getFirst());
    }
    Files.writeString(file, "Answered\t2\tp", StandardOpenOption.APPEND);
    assertEquals(ENTRIES.subList(0, 1), History.readAll(folder));
  }

  @Test
  void anUnknownLineIsAnError() {
    assertThrows(IllegalArgumentException.class, () -> Entry.read("Invented\t1"));
  }
}
