package tg.outbox;

import java.util.Optional;
import tg.queue.GroupLimits;
import tg.queue.QueueLimits;
import tg.queue.Queues;
import tg.queue.Rate;

/// How many messages and edits Telegram takes from a bot: limits of the outbox that all senders
/// share, in whatever processes they are. They are strict, so that the bot earns no flood wait by
/// its own pace. Immutable.
///
/// @param all over all chats; empty for no limit
/// @param person in one private chat; empty for no limit
/// @param group in one group; empty for no limit
public record FloodLimits(Optional<Rate> all, Optional<Rate> person, Optional<Rate> group) {
  /// Groups have negative ids.
  private static final String GROUPS = "c-*";

  /// Sets the limits. The last process that does so decides for all.
  public void hold(Queues queues) {
    var letters = queues.queue(Letter.QUEUE);
    var limits = QueueLimits.NONE.eachGroup(of(person));
    letters.limit(all.map(limits::rate).orElse(limits));
    letters.limit(GROUPS, of(group));
  }

  private static GroupLimits of(Optional<Rate> rate) {
    return rate.map(GroupLimits.NONE::rate).orElse(GroupLimits.NONE);
  }
}
