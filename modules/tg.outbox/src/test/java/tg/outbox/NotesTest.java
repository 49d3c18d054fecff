package tg.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tg.queue.Queues;

class NotesTest {
  @Test
  void aNoteIsWhatWasWrittenLast() {
    try (var queues = Queues.inMemory(InstantSource.system())) {
      var notes = new Notes(queues);
      assertEquals(Optional.empty(), notes.get("a"));
      notes.put("a", "1");
      notes.put("b", "x");
      notes.put("a", "2");
      notes.put("a", "3");
      assertEquals(Optional.of("3"), notes.get("a"));
      assertEquals(Optional.of("x"), notes.get("b"));
      assertEquals(2, queues.queue(Notes.QUEUE).counts().waiting());
    }
  }

  @Test
  void languagesAndMovesAreRemembered() {
    try (var queues = Queues.inMemory(InstantSource.system())) {
      var notes = new Notes(queues);
      assertEquals("", notes.language(1001));
      notes.language(1001, "ru");
      assertEquals("ru", notes.language(1001));
      notes.moved(-5, -1000000000005L);
      assertEquals(Optional.of(-1000000000005L), notes.movedTo(-5));
      assertTrue(Notes.isSmallGroup(-5));
      assertFalse(Notes.isSmallGroup(-1000000000005L));
      assertFalse(Notes.isSmallGroup(5));
    }
  }
}
