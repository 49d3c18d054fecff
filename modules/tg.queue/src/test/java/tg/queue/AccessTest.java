package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// A user who may do what is in docs/queue.md, and no more.
@ParameterizedClass(name = "on {0}")
@ArgumentsSource(EveryServer.class)
final class AccessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LEASE = Duration.ofSeconds(1);

  /// What is called without a script.
  private static final Set<String> PLAIN =
      Set.of(
          "ping",
          "info",
          "role",
          "select",
          "client|setname",
          "script|load",
          "evalsha",
          "blpop",
          "wait",
          "waitaof");

  @Parameter ServerBinary binary = new ServerBinary("", Path.of(""));
  @TempDir Path folder = Path.of("");
  private final List<AutoCloseable> opened = new ArrayList<>();
  private ServerProcess server;
  private Wire admin;

  @BeforeEach
  void startServer() throws IOException {
    server = keep(ServerProcess.start(binary, folder).dyingWithJvm());
    admin = keep(new Wire(server.uri()));
    admin.call("CONFIG", "SET", "requirepass", "of-the-admin");
    var line = new ArrayList<>(List.of("ACL", "SETUSER"));
    Arrays.stream(documented().split(" ", -1))
        .filter(word -> !word.equals("+waitaof") || !binary.name().startsWith("redis 7.0"))
        .forEach(line::add);
    admin.call(line.toArray(String[]::new));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (var one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void theDocumentedUserMayDoAllThatScriptsAndClientsDoAndNoMore() throws IOException {
    var allowed =
        Arrays.stream(documented().split(" ", -1))
            .filter(word -> word.startsWith("+"))
            .map(word -> word.substring(1))
            .collect(Collectors.toCollection(TreeSet::new));
    var used = new TreeSet<>(PLAIN);
    var call = Pattern.compile("(?:redis\\.call|many)\\('([A-Z]+)'");
    for (var script : Script.values()) {
      call.matcher(new String(script.source(), UTF_8))
          .results()
          .forEach(found -> used.add(found.group(1).toLowerCase(Locale.ROOT)));
    }
    assertEquals(used, allowed, "the ACL line in docs/queue.md");
  }

  @Test
  void theDocumentedUserLivesTheWholeLifeOfAQueue() {
    var queues = open("secret");
    var q = queues.queue("q");
    var hand = keep(new Hand(queues, 1, LEASE));
    queues.enqueue(job("dies"));
    assertEquals("dies", hand.claimOne().payload().text());
    var attempts = new HashSet<String>();
    var worker =
        queues
            .worker("q")
            .lease(LEASE)
            .groupLimit(1)
            .start(job -> {
              attempts.add(job.payload().text());
              return switch (job.payload().text()) {
                case "retry" ->
                    job.tries().failures() == 0
                        ? Outcome.retry(Duration.ofMillis(50), "once")
                        : Outcome.done();
                case "fail" -> Outcome.failed("always");
                case "postpone" ->
                    job.attempt() == 1
                        ? Outcome.postpone(Duration.ofMillis(50), "once")
                        : Outcome.done();
                default ->
                    Outcome.done(Payload.of("r")).then(NewJob.of("next", "t", job.payload()));
              };
            });
    var failed = queues.enqueue(job("fail"));
    var later = queues.enqueue(job("later").delay(Duration.ofHours(1)).replacing("r"));
    queues.enqueue(job("replaced").delay(Duration.ofHours(1)).replacing("r"));
    queues.enqueueOnce("once", PATIENCE, List.of(job("once").group("g")));
    queues.enqueueOnce("once", PATIENCE, List.of(job("once").group("g")));
    queues.enqueueAll(List.of(job("retry"), job("postpone").group("g"), job("delay").delay(LEASE)));
    Waiting.until(
        "all have ended: " + q.counts(),
        () -> q.counts().finished() == 5 && q.counts().failed() == 1);
    assertEquals(Cancellation.CANCELED, q.cancel(later));
    assertTrue(q.requeue(failed) && q.delete(later));
    Waiting.until("it fails again", () -> q.counts().failed() == 1);
    for (var registry : Registry.values()) {
      q.list(registry, 0, 100);
    }
    assertTrue(q.verify().clean());
    var lease = queues.tryLease("name", PATIENCE).orElseThrow();
    assertTrue(lease.renew());
    lease.close();
    assertTrue(worker.drain(PATIENCE));
    assertTrue(attempts.contains("dies"), "taken back");
  }

  @Test
  void whatIsMissingIsNamedAtOnce() {
    denied("password", () -> open("guess"), "WRONGPASS");
    var queues = open("secret");
    queues.enqueue(job("x"));
    admin.call("ACL", "SETUSER", "tg", "-hset");
    var named = binary.name().startsWith("redis 7.0") ? "can't run this command" : "hset";
    denied("a command in a script", () -> queues.enqueue(job("x")), named);
    admin.call("ACL", "SETUSER", "tg", "+hset", "-evalsha");
    denied("a command", () -> queues.enqueue(job("x")), "evalsha");
    admin.call("ACL", "SETUSER", "tg", "+evalsha", "resetkeys", "~{other}*");
    denied("keys", () -> queues.enqueue(job("x")), "key");
    denied("a worker", () -> queues.worker("q").start(job -> Outcome.done()), "key");
  }

  private static void denied(String what, Supplier<Object> call, String word) {
    long from = System.nanoTime();
    var error = assertThrows(QueueException.Denied.class, call::get, what);
    assertTrue(System.nanoTime() - from < PATIENCE.toNanos() / 2, "at once");
    var text = String.valueOf(error.getMessage());
    assertTrue(text.contains(word), text);
    assertTrue(!text.contains("secret"), text);
  }

  @Test
  void aWorkerWithoutAPermissionWaitsForItAndGoesOn() {
    var queues = open("secret");
    keep(queues.worker("q").start(job -> Outcome.done()));
    admin.call("ACL", "SETUSER", "tg", "-hdel");
    queues.enqueue(job("x"));
    Waiting.until("it was denied", () -> String.valueOf(admin.call("ACL", "LOG")).contains("hdel"));
    admin.call("ACL", "SETUSER", "tg", "+hdel");
    Waiting.until("it is done", () -> queues.queue("q").counts().finished() == 1);
  }

  /// The line in the documentation, from the user's name on.
  private static String documented() throws IOException {
    var page = Files.readString(Path.of("..", "..", "docs", "queue.md"));
    var line =
        Pattern.compile("(?m)^ACL SETUSER ([^\\\\\\n]+(?:\\\\\\n[^\\\\\\n]+)*)$").matcher(page);
    if (!line.find()) {
      throw new AssertionError("there is no ACL SETUSER line in docs/queue.md");
    }
    return line.group(1).replaceAll("\\\\?\\s+", " ").replace(">SECRET", ">secret");
  }

  private Queues open(String password) {
    var uri = URI.create("valkey://tg:" + password + "@127.0.0.1:" + server.port());
    return keep(Queues.builder().server(uri).patience(PATIENCE).open());
  }

  private static NewJob job(String text) {
    return NewJob.of("q", "t", Payload.of(text));
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.add(resource);
    return resource;
  }
}
