package tg.queue;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the queues know of a schedule. Immutable; a snapshot.
///
/// @param schedule the definition
/// @param upcoming the next tick, or null while it is paused
/// @param latest the latest tick whose job was enqueued, or null
@SuppressWarnings("exports") // For checkers that have JSpecify; nobody else needs it.
public record ScheduleInfo(
    Schedule schedule, @Nullable Instant upcoming, @Nullable Instant latest) {

  /// {@return whether it is paused}
  public boolean paused() {
    return upcoming == null;
  }

  /// {@return the next tick; empty while it is paused}
  public Optional<Instant> next() {
    return Optional.ofNullable(upcoming);
  }

  /// {@return the latest tick whose job was enqueued}
  public Optional<Instant> last() {
    return Optional.ofNullable(latest);
  }
}
