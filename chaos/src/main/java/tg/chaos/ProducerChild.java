package tg.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tg.queue.Admission;
import tg.queue.Durability;
import tg.queue.JobId;
import tg.queue.NewJob;
import tg.queue.Payload;
import tg.queue.QueueException;
import tg.queue.Queues;

/// A process that enqueues without a pause, in each of the ways there are, until its standard input
/// says so or ends.
final class ProducerChild {
  private static final int THREADS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Queues queues;
  private final History history;
  private final String name;
  private final int groups;
  private final boolean failover;
  private volatile boolean stopping;

  private ProducerChild(Queues queues, History history, String name, int groups, boolean failover) {
    this.queues = queues;
    this.history = history;
    this.name = name;
    this.groups = groups;
    this.failover = failover;
  }

  /// Arguments: the server, the history, the name, the incarnation, the groups, the seed, whether
  /// to ask for a replica now and then.
  static void main(String[] args) throws IOException, InterruptedException {
    try (var history = new History(Path.of(args[1]));
        var queues = open(URI.create(args[0]))) {
      var child =
          new ProducerChild(
              queues, history, args[2], Integer.parseInt(args[4]), Boolean.parseBoolean(args[6]));
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < THREADS; i++) {
        var prefix = args[2] + "." + args[3] + "." + i + ".";
        var random = new Random(Long.parseLong(args[5]) * 31 + prefix.hashCode());
        threads.add(Thread.ofVirtual().start(() -> child.work(prefix, random)));
      }
      Parent.awaitStop();
      child.stopping = true;
      for (var thread : threads) {
        thread.join();
      }
    }
    System.exit(0);
  }

  /// Patient only here: what it enqueues may fail, and it should notice.
  private static Queues open(URI server) {
    while (true) {
      try {
        return Queues.builder()
            .server(server)
            .namespace(Setting.NAMESPACE)
            .patience(PATIENCE)
            .open();
      } catch (QueueException.Unavailable e) {
        // The server is away: again.
      }
    }
  }

  private void work(String prefix, Random random) {
    int number = 0;
    while (!stopping) {
      var batch = new ArrayList<Wish>();
      int size = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(5);
      for (int i = 0; i < size; i++) {
        var group = random.nextInt(3) == 0 ? "g" + random.nextInt(groups) : "";
        batch.add(new Wish(Work.random(prefix + ++number, random), group, delay(random)));
      }
      history.add(
          batch.stream()
              .map(wish ->
                  new Entry.Asked(
                      System.nanoTime(),
                      name,
                      wish.work.uid(),
                      wish.work.kind().name(),
                      wish.group))
              .toList());
      var way = Way.values()[random.nextInt(Way.values().length)];
      enqueue(batch, way, failover && random.nextBoolean());
      sleep(random.nextInt(120));
    }
  }

  private static Duration delay(Random random) {
    return random.nextInt(6) == 0 ? Duration.ofMillis(random.nextInt(2_000)) : Duration.ZERO;
  }

  /// How a job is named, which decides what a producer may do when it heard nothing.
  private enum Way {
    NAMED,
    GENERATED,
    ONCE
  }

  private record Wish(Work work, String group, Duration delay) {
    NewJob job(boolean named) {
      var job = NewJob.of(Setting.QUEUE, "work", Payload.of(work.text())).delay(delay);
      job = group.isEmpty() ? job : job.group(group);
      return named ? job.id(new JobId("id." + work.uid())) : job;
    }
  }

  private void enqueue(List<Wish> batch, Way way, boolean replicated) {
    var to = replicated ? queues.durable(Durability.replica(1)) : queues;
    var jobs = batch.stream().map(wish -> wish.job(way == Way.NAMED)).toList();
    boolean maybe = false;
    while (true) {
      try {
        var ids =
            switch (way) {
              case NAMED, GENERATED -> to.enqueueAll(jobs);
              case ONCE -> once(to, batch.getFirst().work.uid(), jobs);
            };
        answered(batch, replicated ? "replicated" : ids.isEmpty() ? "repeated" : "accepted", ids);
        return;
      } catch (QueueException.NotDurable | QueueException.Unavailable e) {
        maybe |= !(e instanceof QueueException.Unavailable away) || away.outcomeUnknown();
        if (way == Way.GENERATED || stopping) {
          answered(batch, maybe ? "unknown" : "refused", List.of());
          return;
        }
      }
    }
  }

  private static List<JobId> once(Queues to, String key, List<NewJob> jobs) {
    return switch (to.enqueueOnce(key, Duration.ofHours(1), jobs)) {
      case Admission.Accepted(var ids) -> ids;
      case Admission.Repeated _ -> List.of();
    };
  }

  private void answered(List<Wish> batch, String answer, List<JobId> ids) {
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < batch.size(); i++) {
      var id = i < ids.size() ? ids.get(i).value() : "";
      entries.add(new Entry.Answered(System.nanoTime(), name, batch.get(i).work.uid(), answer, id));
    }
    history.add(entries);
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
