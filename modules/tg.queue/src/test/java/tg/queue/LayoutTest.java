package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What a namespace tells those who open it about its layout.
final class LayoutTest extends Contract {
  @Test
  void aNamespaceOfANewerLayoutIsRefusedAndLeftAsItIs() {
    if (backend instanceof Backend.Server server) {
      var key = "{" + queues.routes().name(0) + "}/layout";
      try (var wire = new Wire(server.uri())) {
        assertEquals("1", wire.call("HGET", key, "version"));
        assertEquals(List.of(), backend.endlessKeys(namespace), "every key has an end");
        wire.call("HSET", key, "version", "2");
        var before = List.copyOf(backend.keys(namespace));
        var refused = assertThrows(QueueException.NewerLayout.class, () -> backend.open(namespace));
        assertEquals(2, refused.found());
        assertEquals(1, refused.known());
        assertTrue(String.valueOf(refused.getMessage()).contains("UPGRADING"));
        assertEquals(before, List.copyOf(backend.keys(namespace)));
        assertEquals("2", wire.call("HGET", key, "version"));
      }
    }
  }

  @Test
  void whoIsThereAlreadyGoesOn() {
    queues.enqueue(job("a"));
    assertEquals(1, another().queue("q").counts().waiting());
  }
}
