package tg.bot;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tg.api.Message;
import tg.api.Update;
import tg.outbox.Notes;
import tg.outbox.Task;
import tg.process.Counter;
import tg.process.Heartbeat;
import tg.queue.Admission.Repeated;
import tg.queue.NewJob;
import tg.queue.QueueException;
import tg.queue.Queues;

/// Puts what an update asks for onto the queues, once, in one atomic step. Thread-safe.
final class Admission {
  private static final System.Logger LOG = System.getLogger("tg.bot");

  /// Telegram keeps updates for a day; twice that is beyond any redelivery.
  private static final Duration REMEMBERED = Duration.ofDays(2);

  private static final long AGAIN_MILLIS = 500;

  /// The patience of the queue, and of Telegram for a button, several times over.
  private static final Duration ONE_TRY = Duration.ofMinutes(2);

  private final Queues queues;
  private final Identity identity;
  private final Requests requests;
  private final Presses presses;
  private final Heartbeat heart = new Heartbeat();
  private final Counter dropped =
      new Counter("tg_dropped_tasks_total", "Tasks dropped because nobody hears the bot", "why");
  private final Counter updates =
      new Counter("tg_updates_total", "Updates by what became of them", "result");

  Admission(Queues queues, Identity identity, Requests requests, Presses presses) {
    this.queues = queues;
    this.identity = identity;
    this.requests = requests;
    this.presses = presses;
  }

  /// {@return beats while it waits for a queue that is away}
  Heartbeat heart() {
    return heart;
  }

  /// {@return the tasks whose chat is lost}
  Counter dropped() {
    return dropped;
  }

  /// {@return the tasks that a limit refused}
  Counter refused() {
    return requests.refused();
  }

  /// {@return what became of the updates}
  Counter updates() {
    return updates;
  }

  /// Admits a batch: a virtual thread for each chat, the updates of a chat in order. Waits for a
  /// queue that is away.
  ///
  /// @return whether all are admitted; false only when asked to stop while the queue was away
  boolean admitAll(List<Update> batch, CountDownLatch stopping) {
    var lanes = new LinkedHashMap<Long, List<Update>>();
    long alone = Long.MIN_VALUE;
    for (var update : batch) {
      long lane = update.chat() != 0 ? update.chat() : alone++;
      lanes.computeIfAbsent(lane, key -> new ArrayList<>()).add(update);
    }
    var complete = new AtomicBoolean(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      lanes
          .values()
          .forEach(lane ->
              threads.execute(() -> {
                for (var update : lane) {
                  if (!persist(update, stopping)) {
                    complete.set(false);
                    return;
                  }
                }
              }));
    }
    return complete.get();
  }

  /// Admits one update now. One that meets a fault of ours is kept where it can be seen.
  ///
  /// @return whether it is; if not, the queue is away, and the update must come again
  boolean admit(Update update) {
    try {
      try {
        admit(update, key(update));
      } catch (QueueException.Unavailable e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "update " + update.id() + " is kept as dead after a fault of ours", e);
        var dead = new Update.Unreadable(update.id(), String.valueOf(e), update.toString());
        admit(dead, key(update));
      }
      return true;
    } catch (QueueException.Unavailable e) {
      LOG.log(
          Level.WARNING,
          "update "
              + update.id()
              + " waits for the queue (it is not confirmed): "
              + e.getMessage());
      return false;
    }
  }

  private boolean persist(Update update, CountDownLatch stopping) {
    while (true) {
      heart.within(ONE_TRY);
      if (admit(update)) {
        return true;
      }
      try {
        if (stopping.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          return false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /// In the partition of the chat, where its jobs go.
  private String key(Update update) {
    var tag = update.chat() == 0 ? "" : "{c" + update.chat() + "}";
    return tag + "update." + identity.id() + "." + update.id();
  }

  private void admit(Update update, String key) {
    switch (update) {
      case Update.NewMessage asked -> {
        var jobs = requests.of(asked);
        boolean taken = asked(update, key, asked.message(), jobs);
        if (taken && jobs.stream().anyMatch(job -> job.queue().equals(Task.QUEUE))) {
          requests.taken(asked.message());
        }
      }
      case Update.EditedMessage edited -> asked(update, key, edited.message(), requests.of(edited));
      case Update.ButtonPress press -> presses.handle(press);
      case Update.Unreadable unreadable -> once(update, key, List.of(DeadUpdates.job(unreadable)));
      case Update.Membership membership -> membership(membership);
      case Update.Migrated moved -> {
        new Notes(queues).moved(moved.chat(), moved.to());
        LOG.log(Level.INFO, "chat " + moved.chat() + " became " + moved.to());
      }
      case Update.Other _ -> LOG.log(Level.DEBUG, "update " + update.id() + " needs nothing");
    }
  }

  private void membership(Update.Membership membership) {
    long chat = membership.chat();
    if (!membership.present()) {
      LOG.log(Level.INFO, "no longer in chat " + chat);
      int tasks = new Departures(queues).drop(chat);
      for (int i = 0; i < tasks; i++) {
        dropped.count("left");
      }
    } else if (membership.channel()) {
      LOG.log(Level.INFO, "added to channel " + chat + ": what is posted there is ignored");
    } else {
      LOG.log(Level.INFO, "welcome in chat " + chat);
    }
  }

  private static String result(Update update) {
    return update instanceof Update.Unreadable ? "unreadable" : "admitted";
  }

  /// Adds what was asked for, or says why not: under one key, so that one of them happens, once.
  private boolean asked(Update update, String key, Message message, List<NewJob> jobs) {
    try {
      return once(update, key, jobs);
    } catch (QueueException.QuotaReached e) {
      LOG.log(Level.DEBUG, "update " + update.id() + " is refused: " + e.getMessage());
      once(update, key, List.of(requests.tooManyWait(message)));
      return false;
    }
  }

  private boolean once(Update update, String key, List<NewJob> jobs) {
    if (jobs.isEmpty()) {
      updates.count("ignored");
      return false;
    }
    if (queues.enqueueOnce(key, REMEMBERED, jobs) instanceof Repeated) {
      LOG.log(Level.INFO, "update " + update.id() + " came again and is known");
      updates.count("repeated");
      return false;
    }
    updates.count(result(update));
    return true;
  }
}
