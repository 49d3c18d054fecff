package tg.sim;

import org.jspecify.annotations.Nullable;

/// Where in a chat a message stands. Immutable.
///
/// @param replyTo the message it answers
/// @param thread the topic of a forum, or 0
/// @param silent whether nobody was notified
record Placement(@Nullable Message replyTo, int thread, boolean silent) {
  static final Placement PLAIN = new Placement(null, 0, false);

  /// {@return the first message of the chain of replies, which is what gives a thread its id
  /// outside of forums, or 0}
  int root() {
    return replyTo == null
        ? 0
        : replyTo.placement.replyTo == null ? replyTo.id : replyTo.placement.root();
  }
}
