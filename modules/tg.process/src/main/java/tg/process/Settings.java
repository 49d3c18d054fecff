package tg.process;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tg.api.BotToken;
import tg.queue.Queues;
import tg.queue.Rate;

/// What an operator can set, read from `TG_*` variables. Immutable. The same variables serve the
/// bot and the worker, so one file configures a pod.
///
/// @param telegram whose bot, and where the Bot API is
/// @param store where the jobs are
/// @param work how the worker works
/// @param talk how the bot talks, and with whom
/// @param rates how much Telegram takes
/// @param drain how long a stopping process waits for what it is doing (`TG_DRAIN`, seconds,
///   default 8: below the ten seconds after which container engines kill)
/// @param healthPort where the process tells on 127.0.0.1 how it is (`TG_HEALTH_PORT`, default 0:
///   nowhere)
public record Settings(
    Telegram telegram,
    Store store,
    Work work,
    Talk talk,
    Rates rates,
    Duration drain,
    int healthPort) {

  /// An answer may carry a file of 20 MiB.
  private static final int LARGEST_LETTER = 24 << 20;

  private static final String RATE = "a count and seconds, 1/1 to 1000/86400, or off";

  /// Whose bot, and where.
  ///
  /// @param token `TG_TOKEN`, or the content of the file `TG_TOKEN_FILE`; one of them is required
  /// @param api `TG_API_URL`, default the public Bot API
  /// @param webhook where Telegram brings the updates; empty when the bot asks for them
  public record Telegram(BotToken token, URI api, Optional<Webhook> webhook) {}

  /// Where Telegram brings the updates, when it does.
  ///
  /// @param url `TG_WEBHOOK_URL`: the public address; `https`, or `http` on this machine
  /// @param host `TG_WEBHOOK_HOST`: the address to listen on; default `127.0.0.1`, for a proxy on
  ///   the same machine
  /// @param port `TG_WEBHOOK_PORT`: the port to listen on; default 8080
  /// @param connections `TG_WEBHOOK_CONNECTIONS`: how many updates at once, 1 to 100; default 40
  public record Webhook(URI url, String host, int port, int connections) {}

  /// Where the jobs are.
  ///
  /// @param server `TG_VALKEY`, default `valkey://127.0.0.1:6379`
  /// @param namespace `TG_NAMESPACE`, default `tg`
  /// @param partitions `TG_PARTITIONS`: over how many partitions the jobs are spread, 1 to 64;
  ///   default 1; the same for all processes
  public record Store(URI server, String namespace, int partitions) {
    /// {@return where, without the password}
    @Override
    public String toString() {
      return "Store[" + server.getHost() + " " + namespace + "]";
    }

    /// {@return the queues there}
    public Queues open() {
      return Queues.builder()
          .server(server)
          .namespace(namespace)
          .partitions(partitions)
          .patience(Duration.ofSeconds(10))
          .keepFinished(Duration.ofDays(2))
          .maxPayload(LARGEST_LETTER)
          .open();
    }
  }

  /// How the worker works.
  ///
  /// @param concurrency `TG_CONCURRENCY`: tasks at once in this process; default 16, 1 to 10,000
  /// @param perUser `TG_PER_USER`: tasks of one person in one chat at once, in all workers; default
  ///   1, which keeps their answers in order
  /// @param attempts `TG_ATTEMPTS`: how often a failing task is started in all; default 3
  /// @param deadline `TG_TASK_DEADLINE`: seconds after which a task is stopped and failed; default
  ///   600
  /// @param exec `TG_EXEC`: program and arguments that answer every task without a handler of its
  ///   own; default none
  /// @param files `TG_FILES`: folder for the files that people send, for as long as their tasks
  ///   run; default the system's folder for temporary files
  /// @param plugins `TG_PLUGINS`: folder with the modular jars of handlers; default none
  public record Work(
      int concurrency,
      int perUser,
      int attempts,
      Duration deadline,
      String exec,
      Path files,
      Optional<Path> plugins) {}

  /// How the bot talks, and with whom.
  ///
  /// @param allow `TG_ALLOW`: ids of the users and chats that may ask, separated by commas; default
  ///   everybody
  /// @param admins `TG_ADMINS`: ids of the users who may look after the queue in the chat; default
  ///   nobody
  /// @param delivery `TG_DELIVERY`: `new` (default), an answer is a message of its own and makes a
  ///   sound; `edit`, it takes the place of the acknowledgement, so that there is exactly one
  /// @param placeholder `TG_PLACEHOLDER`: what becomes of the acknowledgement after an answer of
  ///   its own, `collapse` (default) or `delete`
  /// @param placeholderAfter `TG_PLACEHOLDER_AFTER`: milliseconds that an idle bot waits for the
  ///   answer before it acknowledges; default 500, 0 to 10,000
  /// @param edits `TG_EDITS`: what becomes of a task that waits when its message is edited,
  ///   `supersede` (default) or `ignore`
  /// @param drafts `TG_DRAFTS`: `on` shows in private chats what is being done as Telegram's
  ///   preview of a message, instead of "typing…"; default `off`, because some apps show such a
  ///   message twice
  /// @param quotas how much is asked at once
  public record Talk(
      Set<Long> allow,
      Set<Long> admins,
      Delivery delivery,
      Placeholder placeholder,
      Duration placeholderAfter,
      Edits edits,
      boolean drafts,
      Quotas quotas) {
    /// {@return whether this user may ask in this chat}
    public boolean allows(long user, long chat) {
      return allow.isEmpty()
          || allow.contains(user)
          || allow.contains(chat)
          || admins.contains(user);
    }
  }

  /// How many messages and edits Telegram takes from the bot, over all its processes. Written as
  /// count and seconds, `30/1`; `off` for no limit. The defaults are Telegram's public numbers.
  ///
  /// @param all `TG_RATE_ALL`: in all chats; default `30/1`
  /// @param person `TG_RATE_CHAT`: in one private chat; default `3/3`, one a second of which three
  ///   may come at once
  /// @param group `TG_RATE_GROUP`: in one group; default `20/60`
  public record Rates(Optional<Rate> all, Optional<Rate> person, Optional<Rate> group) {}

  /// How much may be asked; 0 is no limit.
  ///
  /// @param waiting `TG_QUOTA_WAITING`: tasks of one person that wait in one chat; default 20
  /// @param day `TG_QUOTA_DAY`: tasks of one person in a day, which begins at midnight UTC; default
  ///   0
  /// @param all `TG_MAX_WAITING`: tasks of all people that wait; default 10,000
  public record Quotas(int waiting, int day, int all) {}

  /// How an answer comes.
  public enum Delivery {
    /// As a message of its own, with a sound.
    NEW,
    /// In the place of the acknowledgement.
    EDIT
  }

  /// What becomes of an acknowledgement when the answer is a message of its own.
  public enum Placeholder {
    /// It says how long it took.
    COLLAPSE,
    /// It is deleted.
    DELETE
  }

  /// What an edited message does to its task.
  public enum Edits {
    /// The task that waits is done as the message says now.
    SUPERSEDE,
    /// Nothing.
    IGNORE
  }

  /// {@return the same settings with the jobs on another server}
  public Settings store(URI server) {
    var there = new Store(server, store.namespace(), store.partitions());
    return new Settings(telegram, there, work, talk, rates, drain, healthPort);
  }

  /// Reads and checks all settings.
  ///
  /// @throws InvalidSettings with every problem there is
  public static Settings read(Map<String, String> variables) {
    var env = new Environment(variables);
    var token =
        env.secret(
            "TG_TOKEN",
            BotToken.of("1:unset"),
            "a bot token, as @BotFather gives it (123456:ABC-DEF…)",
            BotToken::of);
    var settings =
        new Settings(
            new Telegram(
                token,
                env.value(
                    "TG_API_URL",
                    URI.create("https://api.telegram.org"),
                    "an http:// or https:// address",
                    text -> address(text, "http", "https")),
                webhook(env)),
            new Store(
                env.value(
                    "TG_VALKEY",
                    URI.create("valkey://127.0.0.1:6379"),
                    "valkey://[user:password@]host[:port][/db] or valkeys:// for TLS",
                    text -> address(text, "valkey", "valkeys", "redis", "rediss")),
                env.value(
                    "TG_NAMESPACE",
                    "tg",
                    "1 to 64 characters of A-Z a-z 0-9 . _ : -",
                    Settings::namespace),
                env.number("TG_PARTITIONS", 1, 1, 64)),
            work(env),
            talk(env),
            new Rates(
                env.value("TG_RATE_ALL", strict(30, 1), RATE, Settings::rate),
                env.value("TG_RATE_CHAT", strict(3, 3), RATE, Settings::rate),
                env.value("TG_RATE_GROUP", strict(20, 60), RATE, Settings::rate)),
            env.seconds("TG_DRAIN", 8, 1, 3_600),
            env.number("TG_HEALTH_PORT", 0, 0, 65_535));
    env.value("TG_LOG", "text", "text or json", text -> oneOf(text, "text", "json"));
    env.value(
        "TG_LOG_LEVEL",
        "info",
        "one of error, warning, info, debug",
        text -> oneOf(text, "error", "warning", "info", "debug"));
    env.value("TG_DATA", Path.of("data"), "a folder", Path::of);
    env.check();
    return settings;
  }

  private static Work work(Environment env) {
    return new Work(
        env.number("TG_CONCURRENCY", 16, 1, 10_000),
        env.number("TG_PER_USER", 1, 1, 10_000),
        env.number("TG_ATTEMPTS", 3, 1, 100),
        env.seconds("TG_TASK_DEADLINE", 600, 1, 86_400),
        env.text("TG_EXEC", ""),
        env.value("TG_FILES", Path.of(System.getProperty("java.io.tmpdir")), "a folder", Path::of),
        env.value(
            "TG_PLUGINS", Optional.<Path>empty(), "a folder", text -> Optional.of(Path.of(text))));
  }

  private static Optional<Webhook> webhook(Environment env) {
    var url =
        env.value(
            "TG_WEBHOOK_URL",
            Optional.<URI>empty(),
            "an https:// address that Telegram can reach, or http:// on this machine",
            text -> Optional.of(hook(text)));
    var host = env.text("TG_WEBHOOK_HOST", "127.0.0.1");
    int port = env.number("TG_WEBHOOK_PORT", 8080, 1, 65_535);
    int connections = env.number("TG_WEBHOOK_CONNECTIONS", 40, 1, 100);
    return url.map(to -> new Webhook(to, host, port, connections));
  }

  private static URI hook(String text) {
    var url = address(text, "http", "https");
    boolean here = url.getHost().equals("localhost") || url.getHost().startsWith("127.");
    if ((url.getScheme().equals("http") && !here)
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(text);
    }
    return url;
  }

  private static Talk talk(Environment env) {
    return new Talk(
        env.value("TG_ALLOW", Set.of(), "ids of users and chats: 1001,-1002003004", Settings::ids),
        env.value("TG_ADMINS", Set.of(), "ids of users: 1001,1002", Settings::ids),
        env.value("TG_DELIVERY", Delivery.NEW, "new or edit", text -> one(Delivery.class, text)),
        env.value(
            "TG_PLACEHOLDER",
            Placeholder.COLLAPSE,
            "collapse or delete",
            text -> one(Placeholder.class, text)),
        Duration.ofMillis(env.number("TG_PLACEHOLDER_AFTER", 500, 0, 10_000)),
        env.value(
            "TG_EDITS", Edits.SUPERSEDE, "supersede or ignore", text -> one(Edits.class, text)),
        env.value("TG_DRAFTS", "off", "on or off", text -> oneOf(text, "on", "off")).equals("on"),
        new Quotas(
            env.number("TG_QUOTA_WAITING", 20, 0, 1_000_000),
            env.number("TG_QUOTA_DAY", 0, 0, 100_000),
            env.number("TG_MAX_WAITING", 10_000, 0, 100_000_000)));
  }

  private static Optional<Rate> strict(int count, int seconds) {
    return Optional.of(Rate.strict(count, Duration.ofSeconds(seconds)));
  }

  private static Optional<Rate> rate(String text) {
    if (text.equals("off")) {
      return Optional.empty();
    }
    var parts = text.split("/", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException(text);
    }
    return strict(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  private static Set<Long> ids(String text) {
    return Arrays.stream(text.split("[,\\s]+"))
        .map(Long::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static <E extends Enum<E>> E one(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }

  private static URI address(String text, String... schemes) {
    var uri = URI.create(text);
    var scheme = uri.getScheme();
    if (scheme == null || uri.getHost() == null) {
      throw new IllegalArgumentException(text);
    }
    oneOf(scheme, schemes);
    return uri;
  }

  private static String namespace(String text) {
    if (!text.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static String oneOf(String text, String... allowed) {
    for (var one : allowed) {
      if (one.equals(text)) {
        return text;
      }
    }
    throw new IllegalArgumentException(text);
  }
}
