package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;

/// What the server keeps beside an envelope: how often a job was tried, and why it failed last.
/// Immutable.
///
/// @param attempt the latest attempt; 0 before the first
/// @param failures attempts that failed
/// @param crashes attempts whose worker died
/// @param lastFailure empty when none failed
record Remembered(long attempt, int failures, int crashes, String lastFailure) {
  private static final int LONGEST_REASON = 4_096;
  private static final Remembered NOTHING = new Remembered(0, 0, 0, "");

  /// Reads `attempt:failures:crashes:reason`; nothing at all means a job that never ran.
  static Remembered read(byte[] bytes) {
    if (bytes.length == 0) {
      return NOTHING;
    }
    var parts = new String(bytes, UTF_8).split(":", 4);
    return new Remembered(
        Long.parseLong(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        parts.length == 4 ? parts[3] : "");
  }

  static String write(Job.Tries tries, String reason) {
    return write(tries) + ":" + reason;
  }

  static String write(Job.Tries tries) {
    return tries.attempt() + ":" + tries.failures() + ":" + tries.crashes();
  }

  /// One more failure.
  static Job.Tries failed(Job.Tries tries) {
    return new Job.Tries(tries.attempt(), tries.failures() + 1, tries.crashes());
  }

  /// A reason that is not too long to be kept.
  static String cut(String reason) {
    if (reason.length() <= LONGEST_REASON) {
      return reason;
    }
    int end = Character.isHighSurrogate(reason.charAt(LONGEST_REASON - 1)) ? 1 : 0;
    return reason.substring(0, LONGEST_REASON - end);
  }

  Job.Tries tries() {
    return new Job.Tries(attempt, failures, crashes);
  }

  /// The tries of the attempt that follows.
  Job.Tries next() {
    return new Job.Tries(attempt + 1, failures, crashes);
  }

  /// A job that ended, as it was recorded: `at:length of the last
  /// failure:attempt:failures:crashes:length of the text:`, text, last failure, envelope.
  static JobInfo ended(String queue, JobId id, Registry registry, byte[] record) {
    long[] numbers = new long[6];
    int at = 0;
    for (int i = 0; i < numbers.length; i++) {
      while (record[at] != ':') {
        numbers[i] = numbers[i] * 10 + (record[at++] - '0');
      }
      at++;
    }
    int textLength = (int) numbers[5];
    int failureLength = (int) numbers[1];
    var when = Instant.ofEpochMilli(numbers[0]);
    var tries = new Job.Tries(numbers[2], (int) numbers[3], (int) numbers[4]);
    var job = new Envelope(record, at + textLength + failureLength).job(id, queue, tries);
    var lastFailure = new String(record, at + textLength, failureLength, UTF_8);
    if (registry == Registry.FINISHED) {
      var result = new byte[textLength];
      System.arraycopy(record, at, result, 0, textLength);
      return new JobInfo(job, new JobState.Finished(when, Payload.own(result)), lastFailure);
    }
    if (registry == Registry.FAILED) {
      var reason = new String(record, at, textLength, UTF_8);
      return new JobInfo(job, new JobState.Failed(when, reason), reason);
    }
    return new JobInfo(job, new JobState.Canceled(when), lastFailure);
  }
}
