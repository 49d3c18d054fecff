package tg.queue;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The keys of a {@link MemoryQueue}: which job holds which. Guarded by the store's lock.
final class MemoryKeys {
  private final Map<String, MemoryJob> untilStart = new HashMap<>();
  private final Map<String, MemoryJob> untilEnd = new HashMap<>();
  private final Map<String, Window> windows = new HashMap<>();

  private record Window(JobId id, Instant until) {}

  /// {@return the job that waits under the key and may be replaced}
  Optional<MemoryJob> replaceable(NewJob job) {
    return job.replaceKey().map(untilStart::get);
  }

  /// {@return the job that holds a key of that kind, see {@link Unique#kind}}
  Optional<JobId> holder(char kind, String key, Instant now) {
    return switch (kind) {
      case 't' ->
          Optional.ofNullable(windows.get(key))
              .filter(window -> window.until.isAfter(now))
              .map(Window::id);
      case 'q' -> Optional.ofNullable(untilStart.get(key)).map(job -> job.id);
      default -> Optional.ofNullable(untilEnd.get(key)).map(job -> job.id);
    };
  }

  /// A new job takes its keys.
  void take(MemoryJob job, Instant now) {
    windows.values().removeIf(window -> !window.until.isAfter(now));
    job.asked.startKey().ifPresent(key -> untilStart.put(key, job));
    job.asked
        .unique()
        .ifPresent(unique -> {
          var window = unique.window();
          if (window != null) {
            windows.put(unique.key(), new Window(job.id, now.plus(window)));
          } else if (unique.kind() == 'f') {
            untilEnd.put(unique.key(), job);
          }
        });
  }

  void started(MemoryJob job) {
    job.asked.startKey().ifPresent(key -> untilStart.remove(key, job));
  }

  void ended(MemoryJob job) {
    started(job);
    job.asked.unique().ifPresent(unique -> untilEnd.remove(unique.key(), job));
  }
}
