package tg.sim;

import org.jspecify.annotations.Nullable;

/// How a bot has been asking for updates: what the rules about conflicts and hasty polls look at.
/// Guarded by the [World]'s lock.
final class Polling {
  private static final long SECOND = 1_000_000_000L;

  /// One waiting request; it ends with an error when another takes its place.
  static final class Waiter {
    @Nullable ApiError ended;
  }

  private @Nullable Waiter waiter;
  private int lastOffset = Integer.MIN_VALUE;
  private long lastStart;
  private boolean conflicted;
  private long lastConflict;
  private boolean webhookSet;
  private long lastWebhook;

  /// Makes the request the waiting one; one that waits already ends.
  Waiter enter() {
    abort(
        ApiError.conflict(
            "terminated by other getUpdates request; make sure that only one bot instance is running"));
    Waiter entered = new Waiter();
    waiter = entered;
    return entered;
  }

  boolean waiting() {
    return waiter != null;
  }

  void leave(Waiter left) {
    if (waiter == left) {
      waiter = null;
    }
  }

  /// Ends the waiting request, if there is one; the caller signals the change.
  void abort(ApiError why) {
    if (waiter != null) {
      waiter.ended = why;
      waiter = null;
    }
  }

  /// Notes the start of a request.
  ///
  /// @return how many nanoseconds ago one with the same offset started, or a very large number
  long sinceSame(int offset, long now) {
    long since = offset == lastOffset ? now - lastStart : Long.MAX_VALUE;
    lastOffset = offset;
    lastStart = now;
    return since;
  }

  /// Notes that a webhook is to be set.
  ///
  /// @return whether that was done less than `pause` nanoseconds ago
  boolean tooSoonToSetWebhook(long now, long pause) {
    boolean soon = webhookSet && now - lastWebhook < pause;
    if (!soon) {
      webhookSet = true;
      lastWebhook = now;
    }
    return soon;
  }

  /// Notes a conflict.
  ///
  /// @return whether there was one less than 3 s ago, so that the answer is to be delayed
  boolean conflictSoonAfterAnother(long now) {
    boolean soon = conflicted && now - lastConflict < 3 * SECOND;
    conflicted = true;
    lastConflict = now;
    return soon;
  }
}
