package tg.queue;

import java.util.List;

/// Something that is done around every enqueue and around every run of a handler: tracing, logging,
/// context, measuring. Must be thread-safe. Set with {@link Queues.Builder#use}; the first one is
/// the outermost.
///
/// ```java
/// final class Tenants implements Middleware {
///   static final ScopedValue<String> TENANT = ScopedValue.newInstance();
///
///   @Override
///   public NewJob enqueuing(NewJob job) {
///     return TENANT.isBound() ? job.header("tenant", TENANT.get()) : job;
///   }
///
///   @Override
///   public Outcome run(Job job, JobHandler next) throws Exception {
///     var tenant = job.headers().getOrDefault("tenant", "nobody");
///     return ScopedValue.where(TENANT, tenant).call(() -> next.handle(job));
///   }
/// }
/// ```
public interface Middleware {
  /// Looks at a job that is about to be enqueued, and may change it. Called for every one: of
  /// {@link Queues#enqueue} and its like, of outcomes and of schedules, in the thread that
  /// enqueues; for the follow-ups of an outcome, in the thread of the handler, after {@link #run}.
  ///
  /// @return the job to enqueue
  default NewJob enqueuing(NewJob job) {
    return job;
  }

  /// Runs around a call that enqueues: {@link Queues#enqueue}, {@link Queues#enqueueAll} and {@link
  /// Queues#enqueueOnce}.
  ///
  /// @param jobs what is enqueued
  /// @param next does it; to be called once, in this thread
  /// @return what the next one returned
  default Admission enqueue(List<NewJob> jobs, Enqueue next) {
    return next.enqueue(jobs);
  }

  /// Runs around one attempt, on its thread.
  ///
  /// @param job what runs
  /// @param next the next middleware, in the end the handler; to be called once, in this thread
  /// @return how it ended
  /// @throws Exception what the handler throws
  default Outcome run(Job job, JobHandler next) throws Exception {
    return next.handle(job);
  }

  /// Hears that the server has recorded the end of an attempt, or refused it because the job
  /// belongs to somebody else by now. Called by the worker's own thread: must be short and not
  /// block.
  ///
  /// @param job what ran
  /// @param recorded whether its end was recorded
  default void settled(Job job, boolean recorded) {}

  /// The rest of an enqueue.
  @FunctionalInterface
  interface Enqueue {
    /// Does it.
    Admission enqueue(List<NewJob> jobs);
  }
}
