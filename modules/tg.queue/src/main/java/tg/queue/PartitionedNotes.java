package tg.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The notes of jobs that are spread over partitions: with their jobs, first looked for where the
/// id leads. Thread-safe.
final class PartitionedNotes implements NoteStore {
  private final Routes routes;
  private final List<? extends Partition> partitions;

  PartitionedNotes(Routes routes, List<? extends Partition> partitions) {
    this.routes = routes;
    this.partitions = partitions;
  }

  private List<NoteStore> likely(JobId id) {
    var order = new ArrayList<NoteStore>();
    partitions.forEach(partition -> order.add(partition.parts().notes()));
    order.addFirst(order.remove(routes.of(id.value())));
    return order;
  }

  @Override
  public Map<String, byte[]> read(String queue, JobId id) {
    for (var part : likely(id)) {
      var found = part.read(queue, id);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return Map.of();
  }

  @Override
  public List<Answer> write(Limits limits, List<Note> notes) {
    return notes.stream().map(note -> write(limits, note)).toList();
  }

  /// Only the partition of the job does not call it stale.
  private Answer write(Limits limits, Note note) {
    for (var part : likely(note.owner().id())) {
      var answer = part.write(limits, List.of(note)).getFirst();
      if (answer != Answer.STALE) {
        return answer;
      }
    }
    return Answer.STALE;
  }
}
