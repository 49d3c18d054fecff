package tg.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void testsRunInsideTheModule() {
    assertEquals("tg.queue", Probe.class.getModule().getName());
    try {
      Probe.ping("127.0.0.1", 1);
    } catch (RuntimeException e) {
      System.out.println(e);
    }
  }
}
