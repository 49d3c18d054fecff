package tg.queue;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The notes of one job, seen by its handler or from outside. Thread-safe.
final class Notes {
  private static final int MOST = 1_000;
  private static final int ROOM = 16;

  private final Queues queues;
  private final NoteStore.Owner owner;

  Notes(Queues queues, NoteStore.Owner owner) {
    this.queues = queues;
    this.owner = owner;
  }

  /// Of a job that somebody looks at.
  static Notes outside(Queues queues, String queue, JobId id) {
    return new Notes(queues, new NoteStore.Owner(queue, id, "", 0));
  }

  Map<String, Payload> read(String prefix) {
    var opened = new LinkedHashMap<String, Payload>();
    sealed(prefix)
        .forEach((name, bytes) ->
            opened.put(
                name.substring(prefix.length()),
                queues.seal().open(Payload.own(bytes), what(name))));
    return opened;
  }

  /// {@return what is kept under names that begin so, as it is kept}
  Map<String, byte[]> sealed(String prefix) {
    var found = new LinkedHashMap<>(queues.store().parts().notes().read(owner.queue(), owner.id()));
    found.keySet().removeIf(name -> !name.startsWith(prefix));
    return found;
  }

  Map<String, String> meta() {
    var texts = new LinkedHashMap<String, String>();
    read(NoteStore.META).forEach((name, value) -> texts.put(name, value.text()));
    return texts;
  }

  Optional<Progress> progress() {
    return Optional.ofNullable(read(NoteStore.PROGRESS).get("")).map(Notes::progress);
  }

  private static Progress progress(Payload value) {
    var parts = value.text().split(":", 3);
    return new Progress(
        Double.parseDouble(parts[1]), parts[2], Instant.ofEpochMilli(Long.parseLong(parts[0])));
  }

  NoteStore.Note progress(double fraction, String message) {
    var text = fraction + ":" + message;
    return new NoteStore.Note(owner, NoteStore.How.NOW, NoteStore.PROGRESS, Payload.of(text));
  }

  boolean put(String name, Payload value) {
    queues.checkSize(what(name), value);
    return write(sealed(name, value));
  }

  boolean remove(String name) {
    return write(note(NoteStore.How.DEL, name, Payload.empty()));
  }

  NoteStore.Note note(NoteStore.How how, String name, Payload value) {
    return new NoteStore.Note(owner, how, name, value);
  }

  NoteStore.Note sealed(String name, Payload value) {
    return note(NoteStore.How.SET, name, queues.seal().close(value, what(name)));
  }

  /// Writes notes of ours, for which there is always room.
  void write(List<NoteStore.Note> notes) {
    queues.store().parts().notes().write(new NoteStore.Limits(2 * MOST, Long.MAX_VALUE), notes);
  }

  private boolean write(NoteStore.Note note) {
    long room = (long) ROOM * queues.maxPayload();
    var limits = new NoteStore.Limits(MOST, room);
    return switch (queues.store().parts().notes().write(limits, List.of(note)).getFirst()) {
      case WRITTEN -> true;
      case STALE -> false;
      case NO_ROOM ->
          throw new QueueException.TooLarge(
              "with " + what(note.name()) + ", all that the job keeps", room + 1, room);
      case TOO_MANY ->
          throw new IllegalStateException(
              owner.queue() + "/" + owner.id() + " has " + MOST + " steps and meta already");
    };
  }

  private String what(String name) {
    return name + " of " + owner.queue() + "/" + owner.id();
  }
}
