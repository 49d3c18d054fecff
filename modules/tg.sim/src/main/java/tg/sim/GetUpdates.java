package tg.sim;

import com.eclipsesource.json.JsonArray;
import java.util.List;

/// The method `getUpdates`, the only one that waits. Thread-safe.
final class GetUpdates {
  private static final long SECOND = 1_000_000_000L;

  private final World world;

  GetUpdates(World world) {
    this.world = world;
  }

  Answer call(Bot bot, Args args) throws InterruptedException {
    try {
      return Answer.of(json(take(bot, args)));
    } catch (ApiError e) {
      if (e.code() == 409
          && world.in(() -> bot.polling.conflictSoonAfterAnother(System.nanoTime()))) {
        Thread.sleep(3_000);
      }
      throw e;
    }
  }

  private record Request(int offset, int limit, long waitNanos) {}

  private List<Update> take(Bot bot, Args args) throws InterruptedException {
    try {
      return world.in(() -> {
        checkWebhook(bot);
        args.json("allowed_updates")
            .filter(names -> names.isArray())
            .ifPresent(names -> allow(bot, names.asArray()));
        return awaitUpdates(bot, request(bot, args));
      });
    } catch (Interrupted e) {
      throw e.cause();
    }
  }

  private static void checkWebhook(Bot bot) {
    if (bot.webhook != null) {
      throw ApiError.conflict(
          "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
    }
  }

  static void allow(Bot bot, JsonArray names) {
    bot.allowed.clear();
    bot.allowed.addAll(UpdateKind.named(names));
  }

  /* Hasty polls: what repeats the last one within 3 s without waiting is made to wait; within 0.5 s it gets one update only. */
  private static Request request(Bot bot, Args args) {
    int offset = args.integer("offset", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
    int limit = args.integer("limit", 100, 1, 100);
    long seconds = args.integer("timeout", 0, 0, 50);
    long since = bot.polling.sinceSame(offset, System.nanoTime());
    if (seconds < 3 && since < 3 * SECOND) {
      seconds = 3;
    }
    if (since < SECOND / 2) {
      limit = 1;
    }
    return new Request(offset, limit, seconds * SECOND);
  }

  private List<Update> awaitUpdates(Bot bot, Request request) {
    List<Update> updates = bot.queue.take(request.offset, request.limit);
    if (!updates.isEmpty() || request.waitNanos == 0) {
      return updates;
    }
    Polling.Waiter waiter = bot.polling.enter();
    world.changed();
    try {
      world.await(() -> waiter.ended != null || bot.queue.size() > 0, request.waitNanos);
      ApiError ended = waiter.ended;
      if (ended != null) {
        throw ended;
      }
      return bot.queue.take(0, request.limit);
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    } finally {
      bot.polling.leave(waiter);
    }
  }

  private static JsonArray json(List<Update> updates) {
    JsonArray array = new JsonArray();
    updates.forEach(update -> array.add(update.json()));
    return array;
  }

  /// Carries an interruption out of a supplier.
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient InterruptedException cause;

    Interrupted(InterruptedException cause) {
      super(cause);
      this.cause = cause;
    }

    InterruptedException cause() {
      return cause;
    }
  }
}
