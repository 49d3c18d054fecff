package tg.queue;

/// The name of one job within its namespace: its queue, and its id there. Immutable.
///
/// @param queue the queue's name
/// @param id the job's id
public record JobRef(String queue, JobId id) {
  /// Checks the queue's name.
  ///
  /// @throws IllegalArgumentException when it is not allowed; the message says what is
  public JobRef {
    Names.check("queue", queue);
  }

  /// As options of an envelope have it; neither name contains a plus.
  String word() {
    return queue + "+" + id;
  }

  static JobRef ofWord(String word) {
    int plus = word.indexOf('+');
    return new JobRef(word.substring(0, plus), new JobId(word.substring(plus + 1)));
  }

  /// {@return queue and id, with a slash between them}
  @Override
  public String toString() {
    return queue + "/" + id;
  }
}
