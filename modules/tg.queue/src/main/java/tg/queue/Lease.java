package tg.queue;

import java.time.Duration;

/// A name that at most one holder has at a time, kept on the server with a time limit. Thread-safe.
///
/// It is kept by renewing it well within its time; a holder that dies loses it when the time is
/// over. Closing gives it back at once.
public final class Lease implements AutoCloseable {
  private final Store store;
  private final String name;
  private final long token;
  private final Duration time;

  Lease(Store store, String name, long token, Duration time) {
    this.store = store;
    this.name = name;
    this.token = token;
    this.time = time;
  }

  /// {@return the fencing token: it grows with every new holder}
  public long token() {
    return token;
  }

  /// Extends the lease to its full time again.
  ///
  /// @return whether this is still the holder; once false, never true again
  public boolean renew() {
    return store.extend(name, token, time);
  }

  /// {@return the time a lease lasts without renewal}
  public Duration time() {
    return time;
  }

  /// Gives the lease back, if it is still held.
  @Override
  public void close() {
    store.release(name, token);
  }
}
