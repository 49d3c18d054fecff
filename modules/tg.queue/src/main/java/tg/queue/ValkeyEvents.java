package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tg.queue.internal.valkey.Protocol;

/// The events on a server. Each reader has a connection of its own. Thread-safe.
final class ValkeyEvents implements EventStore {
  private static final int ANSWER_MILLIS = 5_000;

  private final Courier courier;
  private final Supplier<Link> links;
  private final byte[] stream;

  ValkeyEvents(Courier courier, Supplier<Link> links, String namespace) {
    this.courier = courier;
    this.links = links;
    this.stream = ("{" + namespace + "}/events").getBytes(ISO_8859_1);
  }

  @Override
  public String record(int most, Duration time) {
    return text(courier.ask(Script.EVENTS, new Args().add(most).add(time.toMillis())));
  }

  @Override
  public Reader open() {
    var link = links.get();
    return new Reader() {
      @Override
      public List<Entry> read(String after, int most, Duration atMost) {
        return ask(link, after, most, atMost);
      }

      @Override
      public void close() {
        link.close();
      }
    };
  }

  private List<Entry> ask(Link link, String after, int most, Duration atMost) {
    long millis = Math.max(1, atMost.toMillis());
    var request =
        Link.request(
            Protocol.Command.XREAD,
            (int) millis + ANSWER_MILLIS,
            word("COUNT"),
            word(Integer.toString(most)),
            word("BLOCK"),
            word(Long.toString(millis)),
            word("STREAMS"),
            stream,
            word(after));
    long until = System.nanoTime() + atMost.plusMillis(ANSWER_MILLIS).toNanos();
    return entries(link.call(request, until));
  }

  private static List<Entry> entries(@Nullable Object answer) {
    var entries = new ArrayList<Entry>();
    if (answer instanceof List<?> streams && !streams.isEmpty()) {
      for (var row : (List<?>) ((List<?>) streams.getFirst()).get(1)) {
        var entry = (List<?>) row;
        entries.add(new Entry(text(entry.get(0)), text(((List<?>) entry.get(1)).get(1))));
      }
    }
    return entries;
  }

  private static byte[] word(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, ISO_8859_1);
  }
}
