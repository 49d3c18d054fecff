package tg.queue;

/// What the queue knows of one job. Immutable; a snapshot.
///
/// @param job the job as a worker would see it; its tries are those so far
/// @param state where it is
/// @param lastFailure why the latest attempt failed; empty when none did
public record JobInfo(Job job, JobState state, String lastFailure) {
  /// {@return the job's name}
  public JobId id() {
    return job.id();
  }

  /// With payload and result as they were given.
  JobInfo opened(Seal seal) {
    var opened =
        state instanceof JobState.Finished(var at, var result)
            ? new JobState.Finished(at, seal.open(result, Seal.result(job.queue())))
            : state;
    return new JobInfo(seal.open(job), opened, lastFailure);
  }
}
