package tg.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// Pushes a bot's updates to its URL: those of one chat in order, different chats side by side up
/// to the allowed number of connections. Its state is guarded by the [World]'s lock; each lane is
/// drained by a virtual thread, which holds no lock while it talks.
final class Webhook {
  private static final Duration GONE = Duration.ofHours(23);
  private static final ThreadFactory THREADS =
      Thread.ofVirtual().name("tg-sim-webhook-", 0).factory();

  private final World world;
  private final Bot bot;
  private final WebhookSettings settings;
  private final WebhookPost post;
  private final Map<String, ArrayDeque<Update>> lanes = new LinkedHashMap<>();
  private final ArrayDeque<String> idle = new ArrayDeque<>();
  private final Set<Thread> drains = new HashSet<>();
  private @Nullable Instant goneSince;
  private boolean closed;
  private String lastError = "";
  private Instant lastErrorAt = Instant.EPOCH;

  Webhook(World world, Bot bot, WebhookSettings settings, WebhookPost post) {
    this.world = world;
    this.bot = bot;
    this.settings = settings;
    this.post = post;
  }

  WebhookSettings settings() {
    return settings;
  }

  String lastError() {
    return lastError;
  }

  Instant lastErrorAt() {
    return lastErrorAt;
  }

  /// Takes an update that was just queued.
  void offer(Update update) {
    ArrayDeque<Update> lane = lanes.get(update.lane());
    if (lane == null) {
      lane = new ArrayDeque<>();
      lanes.put(update.lane(), lane);
      idle.add(update.lane());
    }
    lane.add(update);
    startDrains();
  }

  private void startDrains() {
    while (!closed && !idle.isEmpty() && drains.size() < settings.maxConnections()) {
      String lane = idle.remove();
      Thread drain = THREADS.newThread(() -> drain(lane));
      drains.add(drain);
      drain.start();
    }
  }

  void close() {
    closed = true;
    drains.forEach(Thread::interrupt);
  }

  private void drain(String lane) {
    try {
      Update update = world.in(() -> next(lane));
      while (update != null) {
        deliver(update);
        update = world.in(() -> next(lane));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Thread self = Thread.currentThread();
      world.in(() -> {
        drains.remove(self);
        startDrains();
        return self;
      });
    }
  }

  private @Nullable Update next(String name) {
    ArrayDeque<Update> lane = lanes.get(name);
    Update update = closed || lane == null ? null : lane.poll();
    if (update == null) {
      lanes.remove(name);
    }
    return update;
  }

  /* Tries until it is delivered, has expired, or this was closed. The first retry is at once, then the pause doubles up to 60 to 120 s. */
  private void deliver(Update update) throws InterruptedException {
    Duration pause = Duration.ZERO;
    while (world.in(() -> !closed && bot.queue.contains(update))) {
      WebhookPost.Result result = post.send(bot, settings, update);
      boolean done = world.in(() -> settle(update, result));
      if (done) {
        return;
      }
      Thread.sleep(result.retryAfter().compareTo(pause) > 0 ? result.retryAfter() : pause);
      Duration cap = Duration.ofSeconds(world.in(() -> world.random().nextInt(60, 121)));
      Duration doubled = pause.isZero() ? Duration.ofSeconds(1) : pause.multipliedBy(2);
      pause = doubled.compareTo(cap) < 0 ? doubled : cap;
    }
  }

  private boolean settle(Update update, WebhookPost.Result result) {
    if (closed) {
      return true;
    }
    if (result.delivered()) {
      bot.queue.done(update);
      goneSince = null;
      return true;
    }
    lastError = result.error();
    lastErrorAt = world.now();
    Instant since = result.gone() ? (goneSince == null ? world.now() : goneSince) : null;
    goneSince = since;
    if (since != null && !since.plus(GONE).isAfter(world.now())) {
      bot.webhook = null;
      close();
      world.tell(bot);
    }
    return closed;
  }
}
