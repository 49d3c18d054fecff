package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.time.Duration;

/// A process for tests in which schedules tick, in time zones whose clocks change at the second
/// that comes on its standard input. Ends when that does.
final class TickChild {
  private TickChild() {}

  /// Arguments: the server, the namespace.
  static void main(String[] args) throws IOException {
    try (var queues =
        Queues.builder()
            .server(URI.create(args[0]))
            .namespace(args[1])
            .patience(Duration.ofSeconds(30))
            .open()) {
      System.out.println("ready now");
      var commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      for (var line = commands.readLine(); line != null; line = commands.readLine()) {
        ChangingZones.register(Long.parseLong(line));
        queues.schedules().run();
        System.out.println("ticking now");
      }
    }
  }
}
