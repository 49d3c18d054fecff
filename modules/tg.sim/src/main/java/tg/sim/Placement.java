package tg.sim;

import org.jspecify.annotations.Nullable;

/// Where in a chat a message stands. Immutable.
///
/// @param replyTo the message it answers
/// @param thread the topic of a forum, or 0
/// @param silent whether nobody was notified
record Placement(@Nullable Message replyTo, int thread, boolean silent) {
  static final Placement PLAIN = new Placement(null, 0, false);
}
