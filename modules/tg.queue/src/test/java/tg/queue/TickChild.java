package tg.queue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// A process for tests in which schedules tick, in time zones whose clocks change when the test
/// says. Ends when its standard input does.
final class TickChild {
  private TickChild() {}

  /// Arguments: the server, the namespace, the second of the change.
  static void main(String[] args) throws IOException {
    ChangingZones.register(Long.parseLong(args[2]));
    try (var queues =
        Queues.builder()
            .server(URI.create(args[0]))
            .namespace(args[1])
            .patience(Duration.ofSeconds(30))
            .open()) {
      queues.schedules().run();
      System.out.println("ready now");
      while (System.in.read() >= 0) {
        // Only its end matters.
      }
    }
  }
}
