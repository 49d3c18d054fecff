package tg.queue;

import java.util.List;

/// A key that must be free, or the enqueue is refused. Immutable.
///
/// @param queue whose key it is
/// @param kind how it is held, see {@link Unique#kind}
/// @param key the key
record Keys(String queue, char kind, String key) {
  /// Those of some jobs that are added together, in their order.
  static List<Keys> needed(List<Store.Ticket> tickets) {
    return tickets.stream()
        .map(Store.Ticket::job)
        .flatMap(job ->
            job.unique().filter(Unique::isRejecting).stream()
                .map(unique -> new Keys(job.queue(), unique.kind(), unique.key())))
        .toList();
  }

  /// The refusal because a job has it; not a job's id when that is one of the same call.
  QueueException.NotUnique held(String holder) {
    return holder.equals("?")
        ? new QueueException.NotUnique(queue, key, null)
        : new QueueException.NotUnique(queue, key, new JobId(holder));
  }
}
