package tg.queue;

import java.util.ArrayList;
import java.util.List;

/// A handler that remembers what it was given, in order, and then does as told. Thread-safe.
final class Runs implements JobHandler {
  private final JobHandler then;
  private final List<Job> jobs = new ArrayList<>();

  Runs(JobHandler then) {
    this.then = then;
  }

  /// Every job is done at once.
  Runs() {
    this(job -> Outcome.done());
  }

  @Override
  public Outcome handle(Job job) throws Exception {
    synchronized (jobs) {
      jobs.add(job);
    }
    return then.handle(job);
  }

  List<Job> jobs() {
    synchronized (jobs) {
      return List.copyOf(jobs);
    }
  }

  /// {@return the payloads so far, in the order of the starts}
  List<String> texts() {
    return jobs().stream().map(job -> job.payload().text()).toList();
  }

  /// Waits for that many starts.
  ///
  /// @return the payloads of all, in the order of the starts
  List<String> await(int count) {
    Waiting.until(count + " starts", () -> jobs().size() >= count);
    return texts();
  }
}
