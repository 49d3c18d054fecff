package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of a {@link Store} that knows what queues and groups may do. Each method is one atomic
/// step, and what it changes holds from the next claim or enqueue on. Thread-safe.
interface RuleStore {
  /// Sets the limits of a queue; those of single groups stay.
  void limit(String queue, QueueLimits limits);

  /// Sets the limits of one group, or of all groups whose names begin alike.
  ///
  /// @param groups a group's name, or a beginning and a star; the longest beginning counts
  /// @param limits null to forget them
  void limit(String queue, String groups, @Nullable GroupLimits limits);

  /// {@return the limits of the queue}
  QueueLimits limits(String queue);

  /// {@return the limits of single groups, by name or by beginning and star}
  Map<String, GroupLimits> groupLimits(String queue);

  /// Closes a queue or a group: nothing of it is claimed. A group keeps the later of two ends, a
  /// queue the last one.
  ///
  /// @param group empty for the queue
  /// @param time how long; null for good
  void close(String queue, String group, @Nullable Duration time);

  /// Opens a queue or a group, whatever closed it.
  ///
  /// @param group empty for the queue
  void open(String queue, String group);

  /// {@return until when the queue or the group is closed; {@link Instant#MAX} for good; empty when
  /// it is open}
  ///
  /// @param group empty for the queue
  Optional<Instant> closedUntil(String queue, String group);
}
