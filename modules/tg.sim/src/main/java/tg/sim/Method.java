package tg.sim;

/// A method of the Bot API that does not wait. It runs with the [World]'s lock held.
@FunctionalInterface
interface Method {
  /// Does it.
  ///
  /// @throws ApiError to answer with an error; nothing was changed then
  Answer call(Bot bot, Args args);
}
