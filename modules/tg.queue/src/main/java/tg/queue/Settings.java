package tg.queue;

import java.time.Duration;

/// What the {@link Queues.Builder} was told. Immutable.
///
/// @param namespace the first part of every key
/// @param patience how long a call waits for a server that is away
/// @param keepFinished how long finished and canceled jobs stay readable, unless they say
///   themselves
/// @param keepFailed how long failed jobs stay readable, unless they say themselves
/// @param maxPayload the largest payload or result in bytes
/// @param durability what an enqueue waits for, unless it says itself
record Settings(
    String namespace,
    Duration patience,
    Duration keepFinished,
    Duration keepFailed,
    int maxPayload,
    Durability durability) {

  static final Settings DEFAULT =
      new Settings(
          "tg",
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofDays(7),
          1024 * 1024,
          Durability.MEMORY);

  static final Duration MOST_KEPT = Duration.ofDays(365);

  /// Checks a number.
  static int between(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " " + value + " must be between " + least + " and " + most);
    }
    return value;
  }

  /// Checks a duration.
  static Duration within(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          what + " " + value + " must be between " + least + " and " + most);
    }
    return value;
  }
}
