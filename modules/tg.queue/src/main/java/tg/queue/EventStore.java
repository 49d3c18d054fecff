package tg.queue;

import java.time.Duration;
import java.util.List;

/// The part of a {@link Store} that tells what changes. Thread-safe.
interface EventStore {
  /// Lets every change be told for that time, and the latest entries be kept.
  ///
  /// @return the place after the latest entry
  String record(int most, Duration time);

  /// Opens a way to read.
  Reader open();

  /// Reads entries. {@link #close} may come from any thread; else confined to one thread at a time.
  interface Reader extends AutoCloseable {
    /// {@return up to so many entries after the place, in order; waits for the first one}
    List<Entry> read(String after, int most, Duration atMost);

    @Override
    void close();
  }

  /// What one step has changed.
  ///
  /// @param place in the stream: milliseconds, a dash, a number
  /// @param text lines of words: what, queue, ids
  record Entry(String place, String text) {}
}
