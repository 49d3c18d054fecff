/// An example: a handler in a module of its own. The worker finds it as a service.
///
/// @provides tg.worker.TaskHandler the command `/shout`
module example.shout {
  requires tg.worker;

  provides tg.worker.TaskHandler with
      example.shout.Shout;
}
