package tg.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tg.queue.Job;
import tg.queue.NewJob;
import tg.queue.Outcome;
import tg.queue.Payload;
import tg.queue.Queues;

/// A process that works until its standard input says so or ends.
final class WorkerChild {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /// More than a run has faults: no job fails because its workers were killed.
  private static final int CRASHES = 10_000;

  private final History history;
  private final String name;

  private WorkerChild(History history, String name) {
    this.history = history;
    this.name = name;
  }

  /// Arguments: the server, the history, the name, the concurrency, the cap of a group, the lease
  /// in milliseconds.
  static void main(String[] args) throws IOException {
    try (var history = new History(Path.of(args[1]));
        var queues =
            Queues.builder()
                .server(URI.create(args[0]))
                .namespace(Setting.NAMESPACE)
                .patience(PATIENCE)
                .open()) {
      var child = new WorkerChild(history, args[2]);
      var worker =
          queues
              .worker(Setting.QUEUE, Setting.FOLLOW_UPS)
              .concurrency(Integer.parseInt(args[3]))
              .groupLimit(Integer.parseInt(args[4]))
              .lease(Duration.ofMillis(Long.parseLong(args[5])))
              .maxCrashes(CRASHES)
              .retry((failures, failure) -> Optional.of(Duration.ofMillis(200)))
              .start(child::handle);
      Parent.awaitStop();
      var _ = worker.drain(DEADLINE);
    }
    System.exit(0);
  }

  private Outcome handle(Job job) throws InterruptedException {
    var work = Work.read(job.payload().text());
    var tries = job.tries();
    var id = job.id().value();
    var group = job.group().orElse("");
    history.add(
        new Entry.Started(
            System.nanoTime(), name, work.uid(), id, tries.attempt(), tries.failures(), group));
    run(work);
    history.add(new Entry.Ended(System.nanoTime(), name, work.uid(), tries.attempt()));
    return outcome(work, tries);
  }

  private static void run(Work work) throws InterruptedException {
    long end = System.nanoTime() + work.millis() * 1_000_000L;
    for (long left = work.millis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      try {
        Thread.sleep(left);
      } catch (InterruptedException e) {
        if (!work.stubborn()) {
          throw e;
        }
      }
    }
  }

  private static Outcome outcome(Work work, Job.Tries tries) {
    boolean first = tries.failures() == 0;
    long attempt = tries.attempt();
    return switch (work.kind()) {
      case DONE -> Outcome.done();
      case FOLLOWED -> Outcome.done().then(followUp(work.effect(attempt, "done")));
      case FAILS -> Outcome.failed("it always does").then(followUp(work.effect(attempt, "done")));
      case RETRIES ->
          first
              ? Outcome.retry(Duration.ofMillis(300), "once")
                  .then(followUp(work.effect(attempt, "retry")))
              : Outcome.done().then(followUp(work.effect(attempt, "done")));
      case THROWS -> {
        if (first) {
          throw new IllegalStateException("once");
        }
        yield Outcome.done();
      }
    };
  }

  private static NewJob followUp(Work work) {
    return NewJob.of(Setting.FOLLOW_UPS, "effect", Payload.of(work.text()));
  }
}
