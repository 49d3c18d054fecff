package tg.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The events of a namespace that is spread over partitions: in order within each. Thread-safe.
///
/// A place is that of the latest entry, a slash, and how far each partition was read.
final class PartitionedEvents implements EventStore {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST_AHEAD = 1_000;
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<? extends Partition> partitions;

  PartitionedEvents(List<? extends Partition> partitions) {
    this.partitions = partitions;
  }

  @Override
  public String record(int most, Duration time) {
    var places =
        partitions.stream()
            .map(partition -> partition.parts().events().record(most, time))
            .toList();
    return places.getFirst() + "/" + String.join("_", places);
  }

  @Override
  public Reader open() {
    return new Merged();
  }

  private record Told(int partition, List<Entry> entries) {}

  /// A thread for each partition reads ahead of the one that asks.
  private final class Merged implements Reader {
    private final List<Reader> readers =
        partitions.stream().map(partition -> partition.parts().events().open()).toList();
    private final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>(partitions.size());
    private final List<Thread> threads = new ArrayList<>();
    private String[] places = new String[0];
    private volatile boolean closed;

    @Override
    public List<Entry> read(String after, int most, Duration atMost) {
      if (threads.isEmpty()) {
        begin(after);
      }
      try {
        var next = told.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        return next == null ? List.of() : placed(next);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return List.of();
      }
    }

    private void begin(String after) {
      int slash = after.indexOf('/');
      places = new String[readers.size()];
      if (slash < 0) {
        Arrays.fill(places, after);
      } else {
        places = after.substring(slash + 1).split("_", -1);
      }
      for (int i = 0; i < readers.size(); i++) {
        int partition = i;
        var from = places[i];
        threads.add(
            Thread.ofVirtual().name("tg.queue-events-" + i).start(() -> pump(partition, from)));
      }
    }

    private void pump(int partition, String from) {
      var place = from;
      while (!closed) {
        try {
          var entries = readers.get(partition).read(place, MOST_AHEAD, LONGEST);
          if (!entries.isEmpty()) {
            place = entries.getLast().place();
            told.put(new Told(partition, entries));
          }
        } catch (InterruptedException e) {
          return;
        } catch (QueueException e) {
          if (!closed) {
            LockSupport.parkNanos(AGAIN_NANOS);
          }
        }
      }
    }

    private List<Entry> placed(Told next) {
      var entries = new ArrayList<Entry>();
      for (var entry : next.entries) {
        places[next.partition] = entry.place();
        entries.add(new Entry(entry.place() + "/" + String.join("_", places), entry.text()));
      }
      return entries;
    }

    @Override
    public void close() {
      closed = true;
      threads.forEach(Thread::interrupt);
      readers.forEach(Reader::close);
    }
  }
}
