import org.jspecify.annotations.NullMarked;

/// An example: a handler in a module of its own. The worker finds it as a service.
///
/// @provides tg.worker.TaskHandler the command `/shout`
@NullMarked
module example.shout {
  requires static org.jspecify;
  requires tg.worker;

  provides tg.worker.TaskHandler with
      example.shout.Shout;
}
