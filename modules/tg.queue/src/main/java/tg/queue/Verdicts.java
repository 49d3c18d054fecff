package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decides how an attempt ends, by what its handler returned or threw. Thread-safe.
final class Verdicts {
  private static final System.Logger LOG = System.getLogger("tg.queue");

  private static final Duration FOR_A_NEWER_WORKER = Duration.ofSeconds(5);

  private static final Duration UNTIL_A_KEY = Duration.ofSeconds(30);

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
        queues.checkResult(job, done.result());
      }
      return settlement(
          job,
          queues.seal().close(job, outcome),
          queues.tickets(TraceContext.after(job, outcome.followUps())));
    } catch (QueueException.TooLarge | QueueException.Apart e) {
      return threw(job, e);
    }
  }

  /// A key is missing here: another worker may have it, or this one soon.
  private static Session.Settlement locked(Job job, QueueException.Sealed failure) {
    LOG.log(
        System.Logger.Level.WARNING,
        "job {0}/{1} waits for a worker that can open it: {2}",
        job.queue(),
        job.id(),
        failure.getMessage());
    var outcome = Outcome.postpone(UNTIL_A_KEY, Failures.describe(failure));
    return settlement(job, outcome, List.of());
  }

  /// The handler threw.
  Session.Settlement threw(Job job, Throwable failure) {
    if (failure instanceof QueueException.Sealed locked) {
      return locked(job, locked);
    }
    int failures = job.tries().failures() + 1;
    var reason = Failures.describe(failure);
    var delay = delay(job, failures, failure);
    LOG.log(
        System.Logger.Level.WARNING,
        "job %s/%s failed in attempt %d, %s: %s"
            .formatted(
                job.queue(),
                job.id(),
                job.attempt(),
                delay.map(value -> "again after " + value).orElse("for good"),
                reason),
        failure);
    var words = words(job, "onFailure", () -> settings.lastWords().onFailure().apply(job, reason));
    return delay
        .map(value -> settlement(job, Outcome.retry(value, reason), words))
        .orElseGet(() -> exhausted(job, reason, words));
  }

  /// The handler did not keep within its time.
  Session.Settlement timedOut(Job job, Throwable failure) {
    var late = new TimeoutException("the attempt took longer than " + timeout(job).orElseThrow());
    late.addSuppressed(failure);
    return threw(job, late);
  }

  /// Its cancellation was asked for.
  Session.Settlement canceled(Job job) {
    var words = words(job, "onCanceled", () -> settings.lastWords().onCanceled().apply(job));
    return settlement(job, Outcome.canceled(), words);
  }

  /// Its time is over.
  Session.Settlement expired(Job job, String reason) {
    LOG.log(System.Logger.Level.WARNING, "job {0}/{1}: {2}", job.queue(), job.id(), reason);
    return exhausted(job, reason, List.of());
  }

  /// {@return the end of an attempt that must not be started; null for one that may}
  ///
  /// @param now the time by the server's clock
  Session.@Nullable Settlement unstarted(Job job, Instant now) {
    if (job.body().terms().strange()) {
      var reason = "it has options that this version does not understand: " + job.body().terms();
      LOG.log(System.Logger.Level.WARNING, "job {0}/{1}: {2}", job.queue(), job.id(), reason);
      return settlement(job, Outcome.postpone(FOR_A_NEWER_WORKER, reason), List.of());
    }
    var expiry = job.body().terms().expiry(job);
    if (expiry.isPresent() && !expiry.get().at().isAfter(now)) {
      return expired(job, expiry.get().reason());
    }
    return killer(job);
  }

  private Session.@Nullable Settlement killer(Job job) {
    int crashes = job.tries().crashes();
    if (crashes < settings.failing().maxCrashes()) {
      return null;
    }
    var reason = "its worker died " + crashes + " times";
    LOG.log(System.Logger.Level.WARNING, "job {0}/{1}: {2}", job.queue(), job.id(), reason);
    return exhausted(job, reason, List.of());
  }

  /// {@return how long an attempt of the job may take, if there is a limit}
  Optional<Duration> timeout(Job job) {
    return job.timeout().or(() -> Optional.ofNullable(settings.limits().timeout()));
  }

  private Optional<Duration> delay(Job job, int failures, Throwable failure) {
    try {
      return switch (settings.failing().classifier().judge(failure)) {
        case Classifier.Judgement.Final _ -> Optional.empty();
        case Classifier.Judgement.Transient _ -> policy(job).delayAfter(failures, failure);
        case Classifier.Judgement.RetryAfter(var least) ->
            policy(job)
                .delayAfter(failures, failure)
                .map(delay -> delay.compareTo(least) < 0 ? least : delay);
      };
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the retry policy threw; the failure is final", e);
      return Optional.empty();
    }
  }

  private RetryPolicy policy(Job job) {
    return job.body()
        .terms()
        .retries()
        .map(RetryPolicy.class::cast)
        .orElse(settings.failing().retry());
  }

  private Session.Settlement exhausted(Job job, String reason, List<Store.Ticket> before) {
    var all = new ArrayList<>(before);
    all.addAll(
        words(job, "onExhausted", () -> settings.lastWords().onExhausted().apply(job, reason)));
    return settlement(job, Outcome.failed(reason), List.copyOf(all));
  }

  /// What an application wants to be added; nothing when it throws, as the end must not wait.
  private List<Store.Ticket> words(Job job, String who, Supplier<List<NewJob>> jobs) {
    try {
      return queues.tickets(jobs.get());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, who + " threw; " + job.id() + " ends without it", e);
      return List.of();
    }
  }

  private static Session.Settlement settlement(
      Job job, Outcome outcome, List<Store.Ticket> followUps) {
    return new Session.Settlement(job, new Session.Ending.By(outcome), followUps);
  }
}
