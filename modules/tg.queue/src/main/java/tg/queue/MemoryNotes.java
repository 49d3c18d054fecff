package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The notes in memory; they are kept in their jobs.
final class MemoryNotes implements NoteStore {
  private final MemoryStore store;

  MemoryNotes(MemoryStore store) {
    this.store = store;
  }

  @Override
  public Map<String, byte[]> read(String queue, JobId id) {
    return store.atomically(() ->
        store
            .queue(queue, store.now())
            .known(id)
            .map(job -> (Map<String, byte[]>) new LinkedHashMap<>(job.notes))
            .orElse(Map.of()));
  }

  @Override
  public List<Answer> write(Limits limits, List<Note> notes) {
    return store.atomically(() -> {
      var now = store.now();
      var answers = new ArrayList<Answer>();
      for (var note : notes) {
        answers.add(
            owned(note.owner(), now)
                .map(job -> told(job, note, write(job, note, limits, now)))
                .orElse(Answer.STALE));
      }
      return List.copyOf(answers);
    });
  }

  private Optional<MemoryJob> owned(Owner owner, Instant now) {
    var queue = store.queue(owner.queue(), now);
    return owner.epoch().isEmpty()
        ? queue.known(owner.id()).filter(job -> !job.ended())
        : queue.held(owner.id(), owner.attempt(), owner.epoch());
  }

  private Answer told(MemoryJob job, Note note, Answer answer) {
    if (note.name().equals(PROGRESS) && answer == Answer.WRITTEN) {
      store.happened(Event.Kind.PROGRESS, job);
    }
    return answer;
  }

  private static Answer write(MemoryJob job, Note note, Limits limits, Instant now) {
    if (note.how() == How.DEL) {
      job.notes.remove(note.name());
      return Answer.WRITTEN;
    }
    var value = note.how() == How.NOW ? stamped(note.value().raw(), now) : note.value().raw();
    if (!job.notes.containsKey(note.name()) && job.notes.size() >= limits.most()) {
      return Answer.TOO_MANY;
    }
    var old = job.notes.get(note.name());
    long used = job.notes.values().stream().mapToLong(bytes -> bytes.length).sum();
    if (used + value.length - (old == null ? 0 : old.length) > limits.room()) {
      return Answer.NO_ROOM;
    }
    job.notes.put(note.name(), value);
    return Answer.WRITTEN;
  }

  private static byte[] stamped(byte[] value, Instant now) {
    var stamp = (now.toEpochMilli() + ":").getBytes(ISO_8859_1);
    var all = new byte[stamp.length + value.length];
    System.arraycopy(stamp, 0, all, 0, stamp.length);
    System.arraycopy(value, 0, all, stamp.length, value.length);
    return all;
  }
}
