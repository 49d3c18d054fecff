package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Everything there is: bots, people, chats, files, pressed buttons.
/*
 * Locks, all in one place:
 * - The world's one lock guards all mutable state of the simulated Telegram: this class and every class that says "Guarded by the World's
 *   lock". It is taken by in() only, at the edges: once for each call of the Bot API, each verb of the control API, each look of a webhook
 *   for work. A long poll waits on the lock's one condition, which changed() signals whenever an update was queued or a bot's way of
 *   getting updates changed.
 * - Events, CallLog and FaultPlan have locks of their own. They are leaves: they may be taken with the world's lock held, and take none.
 * - No I/O, and no waiting except for that condition, happens with the lock held.
 */
final class World {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Random random = new Random();
  private final Map<Long, Bot> bots = new LinkedHashMap<>();
  private final Map<Long, User> users = new LinkedHashMap<>();
  private final Map<String, Chat> chats = new LinkedHashMap<>();
  final SimClock clock;
  final Events events;
  final FileShelf files = new FileShelf();
  final Callbacks callbacks = new Callbacks();
  private long nextUser = 1001;
  private long nextGroup = -1_000_001;
  private long nextSupergroup = -1_001_000_000_001L;

  World(SimClock clock, Events events) {
    this.clock = clock;
    this.events = events;
  }

  <T> T in(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  void changed() {
    changed.signalAll();
  }

  /// Waits, with the lock given back meanwhile, until the condition holds or so many nanoseconds
  /// have passed.
  void await(BooleanSupplier condition, long nanos) throws InterruptedException {
    long left = nanos;
    while (!condition.getAsBoolean() && left > 0) {
      left = changed.awaitNanos(left);
    }
  }

  Instant now() {
    return clock.instant();
  }

  Random random() {
    return random;
  }

  Optional<Bot> bot(long id) {
    return Optional.ofNullable(bots.get(id));
  }

  List<Bot> bots() {
    return List.copyOf(bots.values());
  }

  /// {@return the bot of that token, a new one when its id is new; empty when the id is known with
  /// another token}
  Optional<Bot> bot(String token) {
    long id = Token.id(token);
    Bot known = bots.get(id);
    if (known != null) {
      return known.hasToken(token) ? Optional.of(known) : Optional.empty();
    }
    Bot bot = new Bot(token, now(), new UpdateQueue(clock, random, update -> readBy(id, update)));
    bots.put(id, bot);
    events.add("bot", new JsonObject().add("bot", SimJson.bot(bot)));
    privateChat(bot, ann());
    return Optional.of(bot);
  }

  private void readBy(long bot, Update update) {
    Message message = update.about();
    if (message != null && message.readBy.add(bot)) {
      events.add(
          "read",
          new JsonObject()
              .add("chat", message.chat.key)
              .add("message_id", message.id)
              .add("bot", bot));
    }
  }

  Optional<User> user(long id) {
    return Optional.ofNullable(users.get(id));
  }

  List<User> users() {
    return List.copyOf(users.values());
  }

  /// {@return the user everybody starts with, created when first needed}
  User ann() {
    User ann = users.get(1001L);
    return ann != null ? ann : put(new User(1001, "Ann", "", "ann", "en", false));
  }

  User put(User user) {
    users.put(user.id(), user);
    nextUser = Math.max(nextUser, user.id() + 1);
    events.add("user", new JsonObject().add("user", SimJson.user(user)));
    return user;
  }

  long nextUserId() {
    ann();
    return nextUser;
  }

  Optional<Sender> sender(long id) {
    return user(id).<Sender>map(user -> user).or(() -> bot(id));
  }

  Optional<Chat> chat(String key) {
    return Optional.ofNullable(chats.get(key));
  }

  List<Chat> chats() {
    return new ArrayList<>(chats.values());
  }

  Optional<Chat> privateChat(Bot bot, long user) {
    return chat(user + "@" + bot.id());
  }

  Chat privateChat(Bot bot, User user) {
    String key = user.id() + "@" + bot.id();
    Chat known = chats.get(key);
    if (known != null) {
      return known;
    }
    Chat chat = new Chat(key, user.id(), ChatKind.PRIVATE, user.name());
    chat.users.add(user.id());
    chat.bots.add(bot.id());
    return put(chat);
  }

  /// {@return a new chat of any kind but private, with nobody in it}
  Chat group(ChatKind kind, String title) {
    long id = kind == ChatKind.GROUP ? nextGroup-- : nextSupergroup--;
    return put(new Chat(String.valueOf(id), id, kind, title));
  }

  private Chat put(Chat chat) {
    chats.put(chat.key, chat);
    tell(chat);
    return chat;
  }

  /// Tells those who look on that a chat is new or has changed.
  void tell(Chat chat) {
    events.add("chat", new JsonObject().add("chat", SimJson.chat(this, chat)));
  }

  void tell(Bot bot) {
    events.add("bot", new JsonObject().add("bot", SimJson.bot(bot)));
  }

  /// Ends all waiting polls and all deliveries to webhooks.
  void hushed() {
    for (Bot bot : bots.values()) {
      bot.polling.abort(ApiError.of(500, "Internal Server Error: restart"));
      Webhook webhook = bot.webhook;
      if (webhook != null) {
        webhook.close();
      }
    }
    changed();
  }

  void reset() {
    hushed();
    bots.clear();
    users.clear();
    chats.clear();
    files.clear();
    callbacks.clear();
    nextUser = 1001;
    events.add("reset", new JsonObject());
  }
}
