package tg.chaos;

import java.util.HashMap;
import java.util.Map;
import tg.queue.QueueException;
import tg.queue.Queues;
import tg.queue.Registry;

/// Looks again and again at all running jobs at one instant, past every proxy: the store's own view
/// of who owns what, dead and stopped workers included. Thread-safe.
final class Observer implements AutoCloseable {
  private static final int PERIOD_MILLIS = 50;

  private final Queues queues;
  private final History history;
  private final Thread thread;
  private volatile boolean stopping;

  Observer(Queues queues, History history) {
    this.queues = queues;
    this.history = history;
    this.thread = Thread.ofVirtual().name("observer").start(this::work);
  }

  private void work() {
    while (!stopping) {
      try {
        look();
        Thread.sleep(PERIOD_MILLIS);
      } catch (QueueException.Unavailable e) {
        // The server is away; there is nothing to see.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look() {
    var running = new HashMap<String, Integer>();
    for (var job : queues.queue(Setting.QUEUE).list(Registry.RUNNING, 0, 1_000)) {
      job.job().group().ifPresent(group -> running.merge(group, 1, Integer::sum));
    }
    var most = running.entrySet().stream().max(Map.Entry.comparingByValue());
    var group = most.map(Map.Entry::getKey).orElse("");
    history.add(
        new Entry.Sampled(System.nanoTime(), group, most.map(Map.Entry::getValue).orElse(0)));
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
