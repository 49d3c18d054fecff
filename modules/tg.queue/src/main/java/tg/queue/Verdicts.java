package tg.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides how an attempt ends, by what its handler returned or threw. Thread-safe.
final class Verdicts {
  private static final System.Logger LOG = System.getLogger("tg.queue");

  private static final Duration FOR_A_NEWER_WORKER = Duration.ofSeconds(5);

  private final Queues queues;
  private final WorkerSettings settings;

  Verdicts(Queues queues, WorkerSettings settings) {
    this.queues = queues;
    this.settings = settings;
  }

  /// The handler returned.
  Session.Settlement returned(Job job, @Nullable Outcome outcome) {
    if (outcome == null) {
      return threw(job, new IllegalStateException("the handler returned null"));
    }
    try {
      if (outcome instanceof Outcome.Done done) {
        queues.checkSize("the result of " + job.queue() + "/" + job.id(), done.result());
      }
      return settlement(job, outcome, queues.tickets(outcome.followUps()));
    } catch (QueueException.TooLarge e) {
      return threw(job, e);
    }
  }

  /// The handler threw.
  Session.Settlement threw(Job job, Throwable failure) {
    int failures = job.tries().failures() + 1;
    var reason = Failures.describe(failure);
    var delay = delay(failures, failure);
    LOG.log(
        System.Logger.Level.WARNING,
        "job {0}/{1} failed in attempt {2}, {3}: {4}",
        job.queue(),
        job.id(),
        String.valueOf(job.attempt()),
        delay.map(value -> "again after " + value).orElse("for good"),
        reason);
    LOG.log(System.Logger.Level.DEBUG, "the failure of " + job.id(), failure);
    return delay
        .map(value -> settlement(job, Outcome.retry(value, reason), List.of()))
        .orElseGet(() -> exhausted(job, reason));
  }

  /// {@return the end of an attempt that must not be started; null for one that may}
  Session.@Nullable Settlement unstarted(Job job) {
    if (job.body().terms().strange()) {
      var reason = "it has options that this version does not understand: " + job.body().terms();
      LOG.log(System.Logger.Level.WARNING, "job {0}/{1}: {2}", job.queue(), job.id(), reason);
      return settlement(job, Outcome.postpone(FOR_A_NEWER_WORKER, reason), List.of());
    }
    return killer(job);
  }

  private Session.@Nullable Settlement killer(Job job) {
    int crashes = job.tries().crashes();
    if (crashes < settings.maxCrashes()) {
      return null;
    }
    var reason = "its worker died " + crashes + " times";
    LOG.log(System.Logger.Level.WARNING, "job {0}/{1}: {2}", job.queue(), job.id(), reason);
    return exhausted(job, reason);
  }

  private Optional<Duration> delay(int failures, Throwable failure) {
    try {
      return settings.retry().delayAfter(failures, failure);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the retry policy threw; the failure is final", e);
      return Optional.empty();
    }
  }

  private Session.Settlement exhausted(Job job, String reason) {
    List<Store.Ticket> followUps;
    try {
      followUps = queues.tickets(settings.onExhausted().apply(job, reason));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "onExhausted threw; " + job.id() + " fails without it", e);
      followUps = List.of();
    }
    return settlement(job, Outcome.failed(reason), followUps);
  }

  private static Session.Settlement settlement(
      Job job, Outcome outcome, List<Store.Ticket> followUps) {
    return new Session.Settlement(job, new Session.Ending.By(outcome), followUps);
  }
}
