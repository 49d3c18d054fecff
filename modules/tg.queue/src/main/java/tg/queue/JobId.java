package tg.queue;

/// The name of one job, unique within its queue. Immutable.
///
/// A generated id is a ULID: 26 characters that sort by the time of their making. An id of your own
/// makes an enqueue idempotent: while its queue knows a job of that id (in whatever registry),
/// enqueuing it again changes nothing. In a namespace with several partitions the queue is asked in
/// the partition of the job's group; so one name goes with one group.
///
/// @param value 1 to 64 characters out of `A-Z a-z 0-9 . _ : - { }`
public record JobId(String value) implements Comparable<JobId> {
  /// Checks the characters and the length.
  ///
  /// @throws IllegalArgumentException when the value is not allowed; the message says what is
  public JobId {
    Names.checkTagged("job id", value);
  }

  /// {@return the id, as it is written}
  @Override
  public String toString() {
    return value;
  }

  @Override
  public int compareTo(JobId other) {
    return value.compareTo(other.value);
  }
}
