package tg.bot;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tg.outbox.Letter;
import tg.outbox.Task;
import tg.queue.Cancellation;
import tg.queue.JobId;
import tg.queue.Queues;
import tg.queue.Registry;

/// Drops what waits for a chat in which nobody hears the bot any more. Thread-safe.
///
/// @param queues where it waits
record Departures(Queues queues) {
  private static final System.Logger LOG = System.getLogger("tg.bot");
  private static final List<Registry> NOT_ENDED =
      List.of(Registry.SCHEDULED, Registry.WAITING, Registry.RUNNING);
  private static final int PAGE = 1000;

  /// Cancels the tasks and the letters of a chat.
  ///
  /// @return how many tasks
  int drop(long chat) {
    int dropped = cancel(Task.QUEUE, lane -> Task.laneIsIn(lane, chat));
    cancel(Letter.QUEUE, Letter.lane(chat)::equals);
    if (dropped > 0) {
      LOG.log(
          Level.WARNING,
          dropped + " tasks of chat " + chat + " are dropped: the bot is not there any more");
    }
    return dropped;
  }

  private int cancel(String queue, Predicate<String> lane) {
    var jobs = queues.queue(queue);
    var found = new ArrayList<JobId>();
    for (var registry : NOT_ENDED) {
      for (int offset = 0; ; offset += PAGE) {
        var page = jobs.list(registry, offset, PAGE);
        page.stream()
            .filter(info -> info.job().group().filter(lane).isPresent())
            .forEach(info -> found.add(info.id()));
        if (page.size() < PAGE) {
          break;
        }
      }
    }
    return (int) found.stream().filter(id -> jobs.cancel(id) != Cancellation.TOO_LATE).count();
  }
}
