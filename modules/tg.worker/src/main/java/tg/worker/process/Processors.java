package tg.worker.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Where handlers run: those that compute on a few platform threads, the others on virtual threads;
/// each with a deadline. Thread-safe.
final class Processors implements AutoCloseable {
  private final ExecutorService computing;
  private final ExecutorService waiting;

  Processors() {
    this.computing =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("compute-", 0).factory());

    this.waiting = Executors.newVirtualThreadPerTaskExecutor();
  }

  /// Runs the work to its end; an interruption of the caller, or the deadline, interrupts it.
  ///
  /// @throws TimeoutException at the deadline
  <T> T run(boolean computes, Callable<T> work, Duration deadline) throws Exception {
    var future = (computes ? computing : waiting).submit(work);
    try {
      return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      future.cancel(true);
    }
  }

  @Override
  public void close() {
    computing.shutdownNow();
    waiting.shutdownNow();
  }
}
