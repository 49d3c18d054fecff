package tg.sim;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// A running simulator: a Bot API server, a control API, and a web chat, on 127.0.0.1. Its methods
/// are what the control API does, for tests in the same process; `docs/sim.md` describes both.
///
/// Bots use `uri() + "bot"` as their API URL; any well-formed token is a bot of its own unless the
/// options say otherwise. Chats are named by their key: `1001@777` is the private chat of user 1001
/// with bot 777, a group's key is its chat id. User 1001, Ann, is always there.
///
/// Thread-safe. Everything is in memory and ends with [#close()]. A request that makes no sense
/// throws a [SimException] and changes nothing.
public final class Sim implements AutoCloseable {
  private final Desk desk;
  private final HttpServer server;
  private final ExecutorService threads;
  private final AtomicBoolean closing = new AtomicBoolean();

  private Sim(SimOptions options) throws IOException {
    desk = new Desk(options);
    server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), options.port()),
            0);
    threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tg-sim-", 0).factory());
    server.setExecutor(threads);
    server.createContext(
        "/bot", new Guard(new BotEdge(desk.door, desk.api, desk.faults, desk.calls), closing));
    server.createContext("/file/bot", new Guard(new FileEdge(desk.door), closing));
    server.createContext("/sim/", new Guard(new ControlEdge(desk), closing));
    server.createContext("/sim/events", new Guard(new EventEdge(desk.world.events), closing));
    server.createContext("/", new Guard(new PageEdge(), closing));
    server.start();
  }

  /// {@return a simulator on a free port}
  public static Sim start() {
    return start(SimOptions.standard());
  }

  /// Starts a simulator.
  ///
  /// @param options how
  /// @return it, listening
  /// @throws UncheckedIOException if the port is taken
  public static Sim start(SimOptions options) {
    try {
      return new Sim(options);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot listen on 127.0.0.1:"
              + options.port()
              + " ("
              + e.getMessage()
              + "); choose another port, or 0 for a free one",
          e);
    }
  }

  /// {@return the address of the web chat, `http://127.0.0.1:<port>/`; the API URL for bots is this
  /// and `bot`}
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /// Makes a bot known before its first call.
  ///
  /// @param token `<number>:<secret>`
  /// @return its id
  public long bot(String token) {
    Token.check(token);
    return in(() ->
        desk.world
            .bot(token)
            .orElseThrow(() -> SimException.invalid("That bot has another token"))
            .id());
  }

  /// {@return the id of a new user}
  ///
  /// @param firstName not empty
  public long user(String firstName) {
    return in(() ->
        desk.world.put(new User(desk.world.nextUserId(), firstName, "", "", "en", false)).id());
  }

  /// {@return the key of the private chat of a user with a bot, created if need be; the bot may
  /// write there once the user has}
  ///
  /// @param bot its id
  /// @param user the user's id; 1001 is Ann
  public String privateChat(long bot, long user) {
    return in(() -> desk.world.privateChat(desk.places.bot(bot), desk.places.user(user)).key);
  }

  /// {@return the key of a new group, supergroup, or channel; its first user is its administrator}
  ///
  /// @param type `group`, `supergroup` or `channel`
  /// @param title not empty
  /// @param users their ids
  public String group(String type, String title, Long... users) {
    return in(() -> desk.places.create(ChatKind.of(type), title, false, List.of(users)).key);
  }

  /// {@return the key of a new supergroup with topics}
  ///
  /// @param title not empty
  /// @param users their ids
  public String forum(String title, Long... users) {
    return in(() -> desk.places.create(ChatKind.SUPERGROUP, title, true, List.of(users)).key);
  }

  /// {@return the id of a new topic}
  ///
  /// @param chat the key of a forum
  /// @param name of the topic
  public int topic(String chat, String name) {
    return in(() -> desk.places.topic(desk.places.chat(chat), name));
  }

  /// Adds a bot or a user to a group.
  ///
  /// @param chat the group's key
  /// @param who the id of a bot or user
  public void add(String chat, long who) {
    in(() ->
        sender(who) instanceof Bot bot
            ? desk.places.add(desk.places.chat(chat), bot)
            : desk.places.add(desk.places.chat(chat), desk.places.user(who)));
  }

  /// Removes a bot or a user from a group.
  ///
  /// @param chat the group's key
  /// @param who the id of a bot or user
  public void kick(String chat, long who) {
    in(() -> desk.places.kick(desk.places.chat(chat), sender(who)));
  }

  /// Makes a member, by the id of a bot or user, an administrator of a group, or a plain member.
  public void promote(String chat, long who, boolean admin) {
    in(() -> desk.places.promote(desk.places.chat(chat), sender(who), admin));
  }

  /// Lets only administrators write in a group, or all members again.
  ///
  /// @param chat the group's key
  /// @param on which
  public void mute(String chat, boolean on) {
    in(() -> desk.places.mute(desk.places.chat(chat), on));
  }

  /// Upgrades a group to a supergroup.
  ///
  /// @param chat the group's key
  /// @return the key of the supergroup
  public String migrate(String chat) {
    return in(() -> desk.places.migrate(desk.places.chat(chat)).key);
  }

  /// Deletes a group.
  ///
  /// @param chat the group's key
  public void dissolve(String chat) {
    in(() -> desk.places.dissolve(desk.places.chat(chat)));
  }

  /// Says a text as the first user of a chat.
  ///
  /// @param chat the chat's key
  /// @param text 1 to 4,096 characters
  /// @return the message
  public SimMessage say(String chat, String text) {
    return say(chat, Speech.text(text));
  }

  /// Says something in a chat.
  ///
  /// @param chat the chat's key
  /// @param speech what, by whom, in answer to what
  /// @return the message
  public SimMessage say(String chat, Speech speech) {
    return in(() -> SimMessage.of(desk.people.say(desk.places.chat(chat), speech)));
  }

  /// Presses a button as the first user of a chat.
  ///
  /// @param chat the chat's key
  /// @param message the message's id
  /// @param data the button's `callback_data`
  /// @return the press; [#callback(String)] tells later whether the bot has answered
  public SimCallback press(String chat, int message, String data) {
    return press(chat, message, data, 0);
  }

  /// Presses a button as this user of a chat; likewise.
  public SimCallback press(String chat, int message, String data, long user) {
    return in(() -> SimCallback.of(desk.people.press(desk.places.chat(chat), message, user, data)));
  }

  /// {@return a press as it is now}
  ///
  /// @param id the press's id
  public SimCallback callback(String id) {
    return in(() ->
        SimCallback.of(
            desk.world
                .callbacks
                .get(id)
                .orElseThrow(() -> SimException.missing("No callback " + id))));
  }

  /// Changes the text of a user's message.
  ///
  /// @param chat the chat's key
  /// @param message the message's id
  /// @param text the new text
  /// @return the message
  public SimMessage edit(String chat, int message, String text) {
    return in(() -> SimMessage.of(desk.people.edit(desk.places.chat(chat), message, text)));
  }

  /// Deletes a message; replies to it then fail.
  ///
  /// @param chat the chat's key
  /// @param message the message's id
  public void delete(String chat, int message) {
    in(() -> desk.people.delete(desk.places.chat(chat), message, false));
  }

  /// Deletes a message without the server's learning of it, as it often happens; replies to it then
  /// succeed.
  ///
  /// @param chat the chat's key
  /// @param message the message's id
  public void deleteUnnoticed(String chat, int message) {
    in(() -> desk.people.delete(desk.places.chat(chat), message, true));
  }

  /// Reacts to a message as the first user of a chat.
  ///
  /// @param chat the chat's key
  /// @param message the message's id
  /// @param emoji empty to take the reaction back
  public void react(String chat, int message, String emoji) {
    in(() -> desk.people.react(desk.places.chat(chat), message, 0, emoji));
  }

  /// The user blocks the bot.
  ///
  /// @param bot its id
  /// @param user the user's id
  public void block(long bot, long user) {
    in(() -> desk.places.block(desk.places.bot(bot), desk.places.user(user), true));
  }

  /// The user lets the bot write again.
  ///
  /// @param bot its id
  /// @param user the user's id
  public void unblock(long bot, long user) {
    in(() -> desk.places.block(desk.places.bot(bot), desk.places.user(user), false));
  }

  /// The user's account is deleted.
  ///
  /// @param user the user's id
  public void deactivate(long user) {
    in(() -> desk.places.deactivate(desk.places.user(user)));
  }

  /// Sets a bot's privacy mode, in which it sees only what is meant for it in groups. On by
  /// default.
  ///
  /// @param bot its id
  /// @param on which
  public void privacy(long bot, boolean on) {
    in(() -> {
      Bot found = desk.places.bot(bot);
      found.privacy = on;
      desk.world.tell(found);
      return found;
    });
  }

  /// {@return all messages of a chat, oldest first, deleted ones too}
  ///
  /// @param chat the chat's key
  public List<SimMessage> transcript(String chat) {
    return in(() -> desk.places.chat(chat).messages().stream().map(SimMessage::of).toList());
  }

  /// {@return what a bot shows to be doing in a chat (by its key) now, for example `typing`}
  public Optional<String> action(String chat) {
    return in(() ->
        Optional.ofNullable(desk.places.chat(chat).action)
            .filter(action -> action.until().isAfter(desk.world.now()))
            .map(ChatAction::action));
  }

  /// {@return how many updates wait for a bot}
  ///
  /// @param bot its id
  public int pending(long bot) {
    return in(() -> desk.places.bot(bot).queue.size());
  }

  /// {@return whether a bot waits for updates with a long poll now}
  ///
  /// @param bot its id
  public boolean polls(long bot) {
    return in(() -> desk.places.bot(bot).polling.waiting());
  }

  /// {@return the logged calls of all bots, oldest first; the newest 100,000 are kept}
  public List<SimCall> calls() {
    return desk.calls.after(0);
  }

  /// {@return counts of all calls}
  public SimStats stats() {
    return desk.calls.stats();
  }

  /// Plans a fault.
  ///
  /// @param fault what, when
  /// @return its id
  public int fault(Fault fault) {
    return desk.faults.add(fault);
  }

  /// Forgets all planned faults.
  public void clearFaults() {
    desk.faults.clear();
  }

  /// Enforces Telegram's flood limits, or ends that.
  ///
  /// @param on which
  public void flood(boolean on) {
    in(() -> {
      desk.flood.enforce(on);
      return on;
    });
  }

  /// Advances the clock: messages age, updates expire, flood waits pass. Waiting itself (long
  /// polls, retries) is real time.
  ///
  /// @param by not negative
  public void advance(Duration by) {
    desk.world.clock.advance(by);
  }

  /// {@return the simulator's time}
  public Instant now() {
    return desk.world.now();
  }

  /// Makes the world as it was at the start, with no calls logged and no faults planned.
  public void reset() {
    desk.reset();
  }

  private Sender sender(long id) {
    return desk.world.sender(id).orElseThrow(() -> SimException.missing("No user or bot " + id));
  }

  private <T> T in(Supplier<T> work) {
    return desk.world.in(work);
  }

  /// Stops the server at once: waiting polls end, connections are closed, everything is forgotten.
  @Override
  public void close() {
    if (closing.getAndSet(true)) {
      return;
    }
    desk.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
