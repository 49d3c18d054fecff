package tg.queue;

import java.util.List;
import java.util.Map;

/// The part of a {@link Store} that keeps steps, progress and meta beside a job, as named bytes. It
/// ends with the job: what is left when a job ends stays for its keep time; the steps of a finished
/// job go at once. Thread-safe.
interface NoteStore {
  /// A name that begins with this is a step's.
  String STEP = "s:";

  /// A name that begins with this is meta.
  String META = "m:";

  /// The progress; its bytes begin with the milliseconds of the store's clock and a colon.
  String PROGRESS = "p";

  /// {@return all notes of a job by name; empty when there are none}
  Map<String, byte[]> read(String queue, JobId id);

  /// Writes notes, each for itself, in one call. A repetition changes nothing.
  ///
  /// @return what became of each
  List<Answer> write(Limits limits, List<Note> notes);

  /// How much a job may keep.
  ///
  /// @param most notes
  /// @param room bytes of all of them
  record Limits(int most, long room) {}

  /// Whose note it is.
  ///
  /// @param queue the job's queue
  /// @param id the job
  /// @param epoch the epoch that must run it; empty for a note from outside, for which the job must
  ///   not have ended
  /// @param attempt the attempt that must run; not looked at from outside
  record Owner(String queue, JobId id, String epoch, long attempt) {}

  /// One note.
  ///
  /// @param owner whose
  /// @param how what to do
  /// @param name which
  /// @param value the bytes; empty for a removal
  record Note(Owner owner, How how, String name, Payload value) {}

  /// What to do with a note.
  enum How {
    SET,
    /// Set with the time in front.
    NOW,
    DEL
  }

  /// What became of a note.
  enum Answer {
    WRITTEN,
    /// The attempt does not run any more, or the job has ended or is not known.
    STALE,
    TOO_MANY,
    NO_ROOM
  }
}
