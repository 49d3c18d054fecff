package tg.valkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WardenTest {

  @Test
  void aStoppedProcessDoesNotOutliveTheWarden() throws Exception {
    var first = sleeping();
    var second = sleeping();
    var third = sleeping();
    try (var warden = new Warden()) {
      for (var process : List.of(first, second, third)) {
        warden.add(process.toHandle());
      }
      second.destroyForcibly().waitFor();
      Signals.send("STOP", third.pid());
      assertTrue(first.isAlive() && third.isAlive());
    }
    for (var process : List.of(first, third)) {
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
      assertEquals(128 + 9, process.exitValue());
    }
  }

  private static Process sleeping() throws IOException {
    return new ProcessBuilder("sleep", "1000").start();
  }
}
