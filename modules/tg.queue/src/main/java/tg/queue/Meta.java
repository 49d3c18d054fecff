package tg.queue;

import java.util.Map;
import java.util.Optional;

/// Small named texts beside a job, written by its handler or from outside. Each is written for
/// itself, so that two writers of different names never undo each other. They stay readable as long
/// as the job. Thread-safe.
///
/// Names have 1 to 64 characters out of `A-Z a-z 0-9 . _ : -`. All steps, texts and the progress of
/// one job together are limited to 1,000 and to 16 times the payload limit.
public final class Meta {
  private final Notes notes;

  Meta(Notes notes) {
    this.notes = notes;
  }

  /// {@return all of them}
  public Map<String, String> all() {
    return notes.meta();
  }

  /// {@return the text of that name}
  public Optional<String> get(String name) {
    return Optional.ofNullable(all().get(Names.check("meta", name)));
  }

  /// Sets a text.
  ///
  /// @return whether it was written: not when the job has ended or is not known, or when this is
  ///   its handler's and the job is somebody else's by now
  /// @throws QueueException.TooLarge when there is no room
  public boolean put(String name, String value) {
    return notes.put(NoteStore.META + Names.check("meta", name), Payload.of(value));
  }

  /// Removes a text.
  ///
  /// @return as for {@link #put}
  public boolean remove(String name) {
    return notes.remove(NoteStore.META + Names.check("meta", name));
  }
}
