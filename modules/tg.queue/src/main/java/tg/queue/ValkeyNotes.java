package tg.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The notes on a server. Thread-safe.
final class ValkeyNotes implements NoteStore {
  private final Courier courier;

  ValkeyNotes(Courier courier) {
    this.courier = courier;
  }

  @Override
  public Map<String, byte[]> read(String queue, JobId id) {
    var notes = new LinkedHashMap<String, byte[]>();
    var flat = (List<?>) courier.ask(Script.NOTES, new Args().add(queue).add(id.value()));
    for (int i = 0; i < flat.size(); i += 2) {
      var name = new String((byte[]) flat.get(i), ISO_8859_1);
      if (!name.equals("#")) {
        notes.put(name, (byte[]) flat.get(i + 1));
      }
    }
    return notes;
  }

  @Override
  public List<Answer> write(Limits limits, List<Note> notes) {
    var args = new Args().add(limits.most()).add(limits.room());
    for (var note : notes) {
      var owner = note.owner();
      args.add(owner.queue()).add(owner.id().value()).add(owner.epoch()).add(owner.attempt());
      args.add(note.how().name().toLowerCase(Locale.ROOT)).add(note.name()).add(note.value().raw());
    }
    return ((List<?>) courier.ask(Script.NOTE, args)).stream().map(ValkeyNotes::answer).toList();
  }

  private static Answer answer(Object code) {
    return switch (((Long) code).intValue()) {
      case 1 -> Answer.WRITTEN;
      case -1 -> Answer.TOO_MANY;
      case -2 -> Answer.NO_ROOM;
      default -> Answer.STALE;
    };
  }
}
