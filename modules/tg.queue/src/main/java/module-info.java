import org.jspecify.annotations.NullMarked;

/// A durable job queue on Valkey, and the same queue in memory.
///
/// - {@link tg.queue.Queues}: a namespace of queues on a server; the entry. Thread-safe; share one.
/// - {@link tg.queue.NewJob}: what to enqueue, and how.
/// - {@link tg.queue.Worker} and {@link tg.queue.JobHandler}: claim jobs, run each on a virtual
///   thread.
/// - {@link tg.queue.Outcome}: how a job ended, and which jobs follow in the same atomic step.
/// - {@link tg.queue.JobQueue}: look into a queue; cancel, requeue, delete.
/// - {@link tg.queue.Lease}: a name that one process has at a time.
///
/// ```java
/// try (var queues = Queues.connect(URI.create("valkey://127.0.0.1:6379"))) {
///   queues.enqueue(NewJob.of("mail", "welcome", Payload.of("ann@example.org")));
///   queues.worker("mail").start(job -> Outcome.done());
/// }
/// ```
///
/// - {@link tg.queue.Schedules}, {@link tg.queue.GroupLimits}, {@link tg.queue.Unique}, {@link
///   tg.queue.Events}, {@link tg.queue.Workers}, {@link tg.queue.Middleware}, {@link
///   tg.queue.KeyRing}: what you use when you need it.
/// - {@link tg.queue.TestQueues}: for your tests, without a server.
///
/// Not here: a dashboard, a command line. A payload is bytes; {@link tg.queue.Codec} turns values
/// into it, and the module `tg.queue.json` has one for JSON.
@NullMarked
module tg.queue {
  requires static org.jspecify;

  exports tg.queue;
}
