package tg.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tg.queue.internal.valkey.Protocol;
import tg.queue.internal.valkey.exceptions.JedisDataException;

/// What a server says about the durability of everything that its connection has written so far.
/// Immutable.
///
/// @param needed how many disks or replicas were asked for
/// @param reached how many are known to have it
/// @param refusal why the server would not say, or null
record Testimony(int needed, int reached, @Nullable String refusal) {
  boolean holds() {
    return reached >= needed;
  }

  /// What to ask, and for how long the answer may take.
  static Link.Request question(Durability level, int waitMillis, int answerMillis) {
    return switch (level) {
      case Durability.Memory memory -> throw new IllegalArgumentException(memory + " asks nothing");
      case Durability.Local local ->
          Link.request(Protocol.Command.WAITAOF, answerMillis, Args.words(1, 0, waitMillis));
      case Durability.Replica(int count) ->
          Link.request(Protocol.Command.WAIT, answerMillis, Args.words(count, waitMillis));
    };
  }

  /// Reads the answer: a number, a list of two, or an error.
  static Testimony of(Durability level, Object reply) {
    int needed = level instanceof Durability.Replica(int count) ? count : 1;
    return switch (reply) {
      case JedisDataException refused -> new Testimony(needed, 0, refused.getMessage());
      case List<?> both -> new Testimony(needed, ((Long) both.getFirst()).intValue(), null);
      default -> new Testimony(needed, ((Long) reply).intValue(), null);
    };
  }
}
