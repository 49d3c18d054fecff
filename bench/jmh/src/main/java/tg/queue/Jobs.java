package tg.queue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// What is measured with.
final class Jobs {
  private static final Payload HUNDRED = Payload.of("x".repeat(100));

  private Jobs() {}

  static NewJob plain() {
    return NewJob.of("q", "noop", HUNDRED);
  }

  static NewJob rich() {
    return plain()
        .group("chat-12345")
        .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .header("tenant", "blue")
        .timeout(Duration.ofSeconds(30));
  }

  /// A job as the server keeps it: the time in front.
  static byte[] kept(NewJob job) {
    var time = "1795537162000".getBytes(StandardCharsets.US_ASCII);
    var rest = Envelope.write(job);
    var all = Arrays.copyOf(time, time.length + rest.length);
    System.arraycopy(rest, 0, all, time.length, rest.length);
    return all;
  }

  static List<Store.Ticket> tickets(int count, boolean grouped) {
    var ids = new Ulid(InstantSource.system(), RandomGenerator.getDefault());
    var tickets = new ArrayList<Store.Ticket>();
    for (int i = 0; i < count; i++) {
      var job = grouped ? plain().group("g" + i % 10) : plain();
      tickets.add(new Store.Ticket(new JobId(ids.next()), job));
    }
    return tickets;
  }
}
