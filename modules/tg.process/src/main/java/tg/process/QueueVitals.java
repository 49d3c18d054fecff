package tg.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tg.queue.Counts;
import tg.queue.Figures;
import tg.queue.Queues;
import tg.queue.Worker;

/// The part of a program's vitals that is about its queues. Thread-safe. It never waits longer than
/// a second or two for a server that is away.
///
/// @param queues where the jobs are
/// @param workers of this process, by the queue that they serve
public record QueueVitals(Queues queues, Map<String, Worker> workers) {
  private static final Duration QUICK = Duration.ofSeconds(1);

  private record Measured(Counts counts, Figures figures) {}

  /// {@return see {@link Vitals#faults}}
  public List<String> faults() {
    var faults = new ArrayList<String>();
    workers.forEach((queue, worker) -> {
      if (!worker.alive()) {
        faults.add("the worker of queue " + queue + " has stopped");
      }
    });
    return faults;
  }

  /// {@return see {@link Vitals#obstacles}}
  public List<String> obstacles() {
    var obstacles = new ArrayList<String>();
    if (quickly(queues::ping) == null) {
      obstacles.add("the queue's server does not answer: " + queues.server());
    }
    workers.forEach((queue, worker) -> {
      if (!worker.claiming()) {
        obstacles.add("nothing is claimed from queue " + queue);
      }
    });
    return obstacles;
  }

  /// See {@link Vitals#measure}; without the server, only what this process knows itself.
  public void measure(Exposition out) {
    var measured = quickly(this::ask);
    out.gauge(
        "tg_valkey_up",
        "Whether the queue's server answered this request",
        measured == null ? 0 : 1);
    if (measured != null) {
      write(measured, out);
    }
    out.metric("tg_running", "gauge", "Jobs that this process runs");
    workers.forEach((queue, worker) -> out.sample("tg_running", worker.running(), "queue", queue));
    var stale = "tg_stale_outcomes_total";
    out.metric(stale, "counter", "Outcomes of this process that came too late and were refused");
    workers.forEach((queue, worker) -> out.sample(stale, worker.refused(), "queue", queue));
  }

  private Map<String, Measured> ask() {
    var measured = new LinkedHashMap<String, Measured>();
    for (var name : workers.keySet()) {
      var queue = queues.queue(name);
      measured.put(name, new Measured(queue.counts(), queue.figures()));
    }
    return measured;
  }

  private static void write(Map<String, Measured> measured, Exposition out) {
    out.metric("tg_jobs", "gauge", "Jobs on the server, by queue and state");
    measured.forEach((queue, one) -> {
      var counts = one.counts;
      out.sample("tg_jobs", counts.waiting(), "queue", queue, "state", "waiting");
      out.sample("tg_jobs", counts.scheduled(), "queue", queue, "state", "scheduled");
      out.sample("tg_jobs", counts.running(), "queue", queue, "state", "running");
      out.sample("tg_jobs", counts.finished(), "queue", queue, "state", "finished");
      out.sample("tg_jobs", counts.failed(), "queue", queue, "state", "failed");
      out.sample("tg_jobs", counts.canceled(), "queue", queue, "state", "canceled");
    });
    out.metric("tg_jobs_total", "counter", "What happened to jobs so far, in all processes");
    measured.forEach((queue, one) -> {
      var totals = one.figures.totals();
      out.sample("tg_jobs_total", totals.added(), "queue", queue, "event", "added");
      out.sample("tg_jobs_total", totals.finished(), "queue", queue, "event", "finished");
      out.sample("tg_jobs_total", totals.failed(), "queue", queue, "event", "failed");
      out.sample("tg_jobs_total", totals.canceled(), "queue", queue, "event", "canceled");
    });
    out.metric("tg_workers", "gauge", "Workers of all processes that serve the queue");
    measured.forEach(
        (queue, one) -> out.sample("tg_workers", one.figures.workers(), "queue", queue));
    var oldest = "tg_oldest_waiting_seconds";
    out.metric(oldest, "gauge", "How long ago the oldest waiting job was added; 0 when none waits");
    measured.forEach((queue, one) ->
        out.sample(oldest, one.figures.oldestWaiting().toMillis() / 1e3, "queue", queue));
  }

  /// The answer to a question, or null when there is none in time.
  private static <T> @Nullable T quickly(Callable<T> question) {
    var asking = new FutureTask<>(question);
    var _ = Thread.ofVirtual().name("vitals").start(asking);
    try {
      return asking.get(QUICK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
