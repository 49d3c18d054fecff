package tg.queue;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/// Claims jobs of some queues and runs each on a virtual thread. Thread-safe.
///
/// A worker holds one lease on the server, renewed from a platform thread that no job can starve.
/// When its process dies, its jobs run elsewhere within 15 seconds at the defaults.
public final class Worker implements AutoCloseable {
  Worker() {}

  /// {@return the worker's id, unique for this start}
  public String id() {
    throw new UnsupportedOperationException();
  }

  /// {@return how many jobs it runs now}
  public int running() {
    throw new UnsupportedOperationException();
  }

  /// Stops claiming, waits for the running jobs up to the deadline, then interrupts them, gives
  /// them a second, returns what is left to the head of its queue (no attempt counted) and releases
  /// the lease.
  ///
  /// @return whether every job ended by itself
  public boolean drain(Duration deadline) {
    throw new UnsupportedOperationException();
  }

  /// Drains with a deadline of zero.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }

  /// Settings of a worker; each setter says its default. Confined to one thread at a time.
  public static final class Builder {
    Builder(Queues queues, List<String> names) {}

    /// Sets how many jobs run at once, 1 to 100,000. Default: 16.
    public Builder concurrency(int value) {
      throw new UnsupportedOperationException();
    }

    /// Sets how many jobs of one group run at once over all workers, 1 or more; all workers of a
    /// queue should agree. Default: no limit.
    public Builder groupLimit(int value) {
      throw new UnsupportedOperationException();
    }

    /// Sets for how long the server believes in this worker without hearing of it, 1 second to 10
    /// minutes. Renewed at a third of it. Default: 10 seconds.
    public Builder lease(Duration value) {
      throw new UnsupportedOperationException();
    }

    /// Sets what happens after a handler threw. Default: 5 attempts, exponential from 1 second to 5
    /// minutes.
    public Builder retry(RetryPolicy value) {
      throw new UnsupportedOperationException();
    }

    /// Sets after how many dead workers a job is held to be their killer and fails, 1 or more.
    /// Default: 3.
    public Builder maxCrashes(int value) {
      throw new UnsupportedOperationException();
    }

    /// Adds jobs in the same atomic step in which a job fails for good because its retries or its
    /// crashes are used up. Given the job and the reason. Default: none.
    public Builder onExhausted(BiFunction<Job, String, List<NewJob>> value) {
      throw new UnsupportedOperationException();
    }

    /// Starts the worker.
    ///
    /// @throws QueueException.Unavailable when the server cannot be reached within the connect
    ///   timeout
    public Worker start(JobHandler handler) {
      throw new UnsupportedOperationException();
    }
  }
}
