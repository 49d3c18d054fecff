import org.jspecify.annotations.NullMarked;

/// The worker process, and what an author of a bot writes: a {@link tg.worker.TaskHandler}.
///
/// ```java
/// public final class Shout implements TaskHandler {
///   public String name() { return "shout"; }
///   public Answer handle(Task task, Progress progress) { return Answer.text(task.text().toUpperCase()); }
/// }
/// ```
///
/// An {@link tg.worker.Answer} is a text, maybe with styles, a picture or a file.
///
/// with `provides tg.worker.TaskHandler with my.bot.Shout;` in the module's descriptor, and the
/// module on the module path. The worker finds it, and `/shout hello` is answered.
///
/// @uses tg.worker.TaskHandler to find handlers
/// @provides tg.process.Program the worker
@NullMarked
module tg.worker {
  requires static org.jspecify;
  requires tg.outbox;
  requires tg.process;
  requires transitive tg.text;

  exports tg.worker;

  uses tg.worker.TaskHandler;

  provides tg.process.Program with
      tg.worker.process.WorkerProgram;
  provides tg.worker.TaskHandler with
      tg.worker.handlers.Report,
      tg.worker.handlers.Primes,
      tg.worker.handlers.Digest;
}
