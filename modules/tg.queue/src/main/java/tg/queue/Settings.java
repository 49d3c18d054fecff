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
record Settings(
    String namespace,
    Duration patience,
    Duration keepFinished,
    Duration keepFailed,
    int maxPayload) {

  static final Settings DEFAULT =
      new Settings(
          "tg", Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofDays(7), 1024 * 1024);

  Settings {
    Names.check("namespace", namespace);
    within("patience", patience, Duration.ZERO, Duration.ofMinutes(10));
    within("keepFinished", keepFinished, Duration.ZERO, Duration.ofDays(365));
    within("keepFailed", keepFailed, Duration.ZERO, Duration.ofDays(365));
    if (maxPayload < 1024 || maxPayload > 512 * 1024 * 1024) {
      throw new IllegalArgumentException(
          "maxPayload " + maxPayload + " must be 1024 to 536870912 bytes");
    }
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
