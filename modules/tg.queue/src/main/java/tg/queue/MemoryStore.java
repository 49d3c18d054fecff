package tg.queue;

import java.time.InstantSource;

/// The store in this process's memory.
final class MemoryStore {
  private MemoryStore() {}

  static Store open(Settings settings, InstantSource clock) {
    throw new UnsupportedOperationException(settings + " " + clock);
  }
}
