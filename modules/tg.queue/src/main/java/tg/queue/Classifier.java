package tg.queue;

import java.time.Duration;

/// Says what kind of failure an exception is, before the {@link RetryPolicy} is asked. Thread-safe.
@FunctionalInterface
public interface Classifier {
  /// {@return the judgement}
  ///
  /// @param failure what the handler threw
  Judgement judge(Throwable failure);

  /// What is to be done about a failure.
  sealed interface Judgement {
    /// The retry policy decides.
    record Transient() implements Judgement {}

    /// No attempt will do better: the job fails at once.
    record Final() implements Judgement {}

    /// Whoever refused us said when to come back. The retry policy decides whether, and the job
    /// waits for the longer of the two times.
    ///
    /// @param delay zero or more
    record RetryAfter(Duration delay) implements Judgement {}
  }

  /// Leaves everything to the retry policy.
  static Classifier allTransient() {
    return failure -> new Judgement.Transient();
  }

  /// Failures of these classes and their subclasses are final.
  @SafeVarargs
  static Classifier finalOn(Class<? extends Throwable>... classes) {
    return failure -> {
      for (var one : classes) {
        if (one.isInstance(failure)) {
          return new Judgement.Final();
        }
      }
      return new Judgement.Transient();
    };
  }
}
