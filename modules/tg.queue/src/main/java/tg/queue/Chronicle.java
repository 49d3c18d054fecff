package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the latest attempts of a job failed, kept among its notes: one for each number modulo ten,
/// so that nothing must be thrown away, and the trace of the last one. Thread-safe.
final class Chronicle {
  private static final System.Logger LOG = System.getLogger("tg.queue");
  private static final int MOST = 10;

  /// `ended ms:attempt:took ms:worker:reason`.
  private static final String FAILURE = "h:";

  private static final String TRACE = "t";

  private final Notes notes;

  Chronicle(Notes notes) {
    this.notes = notes;
  }

  /// Writes down a failure. It is for people: what cannot be written now is not worth more trouble.
  ///
  /// @param tookMillis how long the attempt took
  void add(Job job, String worker, long tookMillis, String reason, @Nullable Throwable failure) {
    var line = job.attempt() + ":" + tookMillis + ":" + worker + ":" + reason;
    try {
      notes.write(
          List.of(
              notes.note(NoteStore.How.NOW, FAILURE + job.attempt() % MOST, Payload.of(line)),
              failure == null
                  ? notes.note(NoteStore.How.DEL, TRACE, Payload.empty())
                  : notes.sealed(TRACE, Payload.of(Failures.trace(failure)))));
    } catch (QueueException e) {
      LOG.log(System.Logger.Level.DEBUG, "no history of {0}: {1}", job.id(), e.getMessage());
    }
  }

  /// {@return the latest failures, the oldest first}
  List<FailedAttempt> failures() {
    return notes.sealed(FAILURE).values().stream()
        .map(Chronicle::failure)
        .sorted(Comparator.comparingLong(FailedAttempt::attempt))
        .toList();
  }

  private static FailedAttempt failure(byte[] bytes) {
    var parts = new String(bytes, UTF_8).split(":", 5);
    var ended = Instant.ofEpochMilli(Long.parseLong(parts[0]));
    var started = ended.minusMillis(Long.parseLong(parts[2]));
    return new FailedAttempt(Long.parseLong(parts[1]), parts[3], started, ended, parts[4]);
  }

  /// {@return the trace of the last failure, if something was thrown}
  Optional<String> trace() {
    return notes.read(TRACE).entrySet().stream()
        .filter(note -> note.getKey().isEmpty())
        .map(note -> note.getValue().text())
        .findFirst();
  }
}
