package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// When something must be done about which attempt: at most one alarm for each. Costs nothing for
/// attempts that have none. Thread-safe.
final class Alarms {
  private static final long MOST_SECONDS = 1_000_000_000;
  private static final Comparator<Alarm> EARLIEST =
      (a, b) -> {
        int order = Long.signum(a.nanos - b.nanos);
        return order != 0 ? order : Long.compare(a.number, b.number);
      };

  private final ConcurrentSkipListSet<Alarm> alarms = new ConcurrentSkipListSet<>(EARLIEST);
  private final Map<Attempt, Alarm> byAttempt = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  /// @param nanos on the scale of {@link System#nanoTime}
  private record Alarm(long nanos, long number, Attempt attempt) {}

  /// Sets the attempt's alarm, in place of the one before.
  ///
  /// @param time from now on
  void set(Attempt attempt, Duration time) {
    long left = Math.min(time.toSeconds(), MOST_SECONDS) * 1_000_000_000 + time.toNanosPart();
    var alarm = new Alarm(System.nanoTime() + left, numbers.incrementAndGet(), attempt);
    var before = byAttempt.put(attempt, alarm);
    alarms.add(alarm);
    if (before != null) {
      alarms.remove(before);
    }
  }

  /// Sets the alarm of an attempt whose time is limited: by its timeout, or by the job's deadline.
  ///
  /// @param now by the server's clock
  void limit(Attempt attempt, Optional<Duration> timeout, Instant now) {
    var left = attempt.job().deadline().map(deadline -> Duration.between(now, deadline));
    boolean expires =
        left.isPresent() && (timeout.isEmpty() || left.get().compareTo(timeout.get()) <= 0);
    if (expires) {
      attempt.expires();
    }
    (expires ? left : timeout).ifPresent(time -> set(attempt, time));
  }

  /// The attempt is over.
  void clear(Attempt attempt) {
    var alarm = byAttempt.isEmpty() ? null : byAttempt.remove(attempt);
    if (alarm != null) {
      alarms.remove(alarm);
    }
  }

  /// {@return an attempt whose alarm is due, and forgets it; null when none is}
  @Nullable Attempt poll(long now) {
    for (var first : alarms) {
      if (first.nanos - now > 0) {
        return null;
      }
      alarms.remove(first);
      if (byAttempt.remove(first.attempt, first)) {
        return first.attempt;
      }
    }
    return null;
  }

  /// {@return how long until the next is due, zero or more; a very long time when there is none}
  long nextNanos(long now) {
    for (var first : alarms) {
      return Math.max(0, first.nanos - now);
    }
    return Long.MAX_VALUE;
  }
}
