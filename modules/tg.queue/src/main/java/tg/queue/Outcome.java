package tg.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How a handler says that a job ended. Each outcome is applied once, atomically with its follow-up
/// jobs, and only if the attempt still owns the job; a stale one changes nothing and is counted.
/// Immutable.
public sealed interface Outcome {
  /// {@return jobs that are added in the same atomic step, in any queue of the namespace}
  List<NewJob> followUps();

  /// {@return this outcome with one more follow-up job}
  Outcome then(NewJob followUp);

  /// The job is finished, with an empty result.
  static Done done() {
    return new Done(Payload.empty(), List.of(), Duration.ZERO, true);
  }

  /// The job is finished, with a result that stays readable for the job's keep time.
  static Done done(Payload result) {
    return new Done(result, List.of(), Duration.ZERO, true);
  }

  /// The attempt failed and the job runs again after the delay. Counts as a failure.
  static Retry retry(Duration delay, String reason) {
    return new Retry(delay, reason, List.of());
  }

  /// The job runs again after the delay, and nothing is counted but the attempt.
  static Snooze snooze(Duration delay) {
    return new Snooze(delay, List.of());
  }

  /// The job goes back to the head of its group, which is closed for the delay: order is kept.
  /// Nothing is counted but the attempt.
  static Postpone postpone(Duration delay, String reason) {
    return new Postpone(delay, reason, List.of());
  }

  /// The job failed for good: it moves to the failed registry.
  static Failed failed(String reason) {
    return new Failed(reason, List.of());
  }

  /// The job was canceled: it moves to the canceled registry.
  static Canceled canceled() {
    return new Canceled(List.of());
  }

  /// See {@link Outcome#done(Payload)}.
  ///
  /// @param result up to the payload limit
  /// @param followUps jobs added in the same step
  /// @param groupPause the job's group stays closed for this long; zero for not at all
  /// @param counted whether the attempt counts in a strict {@link Rate}; one that does not closes
  ///   nothing
  record Done(Payload result, List<NewJob> followUps, Duration groupPause, boolean counted)
      implements Outcome {
    /// Closes the job's group for a while after this job, to keep a pace.
    public Done pausingGroup(Duration pause) {
      return new Done(result, followUps, pause, true);
    }

    /// Nothing was done of what a strict {@link Rate} is about, so another may start at once.
    public Done uncounted() {
      return new Done(result, followUps, Duration.ZERO, false);
    }

    @Override
    public Done then(NewJob followUp) {
      return new Done(result, Outcome.plus(followUps, followUp), groupPause, counted);
    }
  }

  /// See {@link Outcome#retry}.
  ///
  /// @param delay zero or more
  /// @param reason shown as the last failure; cut to 4,096 characters
  /// @param followUps jobs added in the same step
  record Retry(Duration delay, String reason, List<NewJob> followUps) implements Outcome {
    @Override
    public Retry then(NewJob followUp) {
      return new Retry(delay, reason, Outcome.plus(followUps, followUp));
    }
  }

  /// See {@link Outcome#snooze}.
  ///
  /// @param delay zero or more
  /// @param followUps jobs added in the same step
  record Snooze(Duration delay, List<NewJob> followUps) implements Outcome {
    @Override
    public Snooze then(NewJob followUp) {
      return new Snooze(delay, Outcome.plus(followUps, followUp));
    }
  }

  /// See {@link Outcome#postpone}.
  ///
  /// @param delay zero or more
  /// @param reason shown as the last failure; cut to 4,096 characters
  /// @param followUps jobs added in the same step
  record Postpone(Duration delay, String reason, List<NewJob> followUps) implements Outcome {
    @Override
    public Postpone then(NewJob followUp) {
      return new Postpone(delay, reason, Outcome.plus(followUps, followUp));
    }
  }

  /// See {@link Outcome#failed}.
  ///
  /// @param reason kept with the job; cut to 4,096 characters
  /// @param followUps jobs added in the same step
  record Failed(String reason, List<NewJob> followUps) implements Outcome {
    @Override
    public Failed then(NewJob followUp) {
      return new Failed(reason, Outcome.plus(followUps, followUp));
    }
  }

  /// See {@link Outcome#canceled}.
  ///
  /// @param followUps jobs added in the same step
  record Canceled(List<NewJob> followUps) implements Outcome {
    @Override
    public Canceled then(NewJob followUp) {
      return new Canceled(Outcome.plus(followUps, followUp));
    }
  }

  private static List<NewJob> plus(List<NewJob> jobs, NewJob job) {
    var all = new ArrayList<>(jobs);
    all.add(job);
    return List.copyOf(all);
  }
}
