package tg.queue;

import java.util.ArrayList;
import java.util.List;

/// A key that must be free, or the enqueue is refused. Immutable.
///
/// @param queue whose key it is
/// @param kind how it is held, see {@link Unique#kind}
/// @param key the key
record Keys(String queue, char kind, String key) {
  /// Those of some jobs that are added together, in their order.
  static List<Keys> needed(List<Store.Ticket> tickets) {
    var keys = new ArrayList<Keys>(0);
    for (var ticket : tickets) {
      var unique = ticket.job().unique();
      if (unique.isPresent() && unique.get().isRejecting()) {
        keys.add(new Keys(ticket.job().queue(), unique.get().kind(), unique.get().key()));
      }
    }
    return keys;
  }

  /// The refusal because a job has it; not a job's id when that is one of the same call.
  QueueException.NotUnique held(String holder) {
    return holder.equals("?")
        ? new QueueException.NotUnique(queue, key, null)
        : new QueueException.NotUnique(queue, key, new JobId(holder));
  }
}
