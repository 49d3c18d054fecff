package tg.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes jobs of one queue unique by a key: while it is held by one, another one of that key is not
/// added. Immutable; each method returns a changed copy.
///
/// ```java
/// job.unique(Unique.by("report:42"))                                    // one that has not ended
/// job.unique(Unique.by("report:42").untilStarted())                     // one that still waits
/// job.unique(Unique.by("report:42").within(Duration.ofMinutes(10)))     // one in ten minutes
/// job.unique(Unique.by("report:42").rejecting())                        // and say so
/// ```
public final class Unique {
  private final String key;
  private final boolean started;
  private final @Nullable Duration window;
  private final boolean rejecting;

  private Unique(String key, boolean started, @Nullable Duration window, boolean rejecting) {
    this.key = key;
    this.started = started;
    this.window = window;
    this.rejecting = rejecting;
  }

  /// The key is held until the job has ended, in whatever way; an enqueue under a key that is held
  /// is answered with the id of its holder.
  ///
  /// @param key 1 to 64 characters out of `A-Z a-z 0-9 . _ : -`
  public static Unique by(String key) {
    return new Unique(Names.check("unique key", key), false, null, false);
  }

  /// The key is free as soon as the job starts for the first time.
  public Unique untilStarted() {
    return new Unique(key, true, null, rejecting);
  }

  /// The key is held for that time from the enqueue, whatever becomes of the job.
  ///
  /// @param value 1 millisecond up to 365 days
  public Unique within(Duration value) {
    Settings.within("window", value, Duration.ofMillis(1), Duration.ofDays(365));
    return new Unique(key, false, value, rejecting);
  }

  /// An enqueue under a key that is held throws {@link QueueException.NotUnique} and adds nothing.
  /// A follow-up job cannot throw: it is left out, as without this.
  public Unique rejecting() {
    return new Unique(key, started, window, true);
  }

  String key() {
    return key;
  }

  @Nullable Duration window() {
    return window;
  }

  boolean isRejecting() {
    return rejecting;
  }

  /// How a script is told what kind of key it is.
  char kind() {
    return window != null ? 't' : started ? 'q' : 'f';
  }

  /// {@return the key and how it is held}
  @Override
  public String toString() {
    var until = window != null ? "for " + window : started ? "until started" : "until ended";
    return "Unique[" + key + " " + until + (rejecting ? ", rejecting" : "") + "]";
  }
}
