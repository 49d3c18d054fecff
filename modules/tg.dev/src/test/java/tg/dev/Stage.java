package tg.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tg.process.Program;
import tg.process.Settings;
import tg.queue.Queues;
import tg.sim.Sim;
import tg.sim.SimMessage;
import tg.valkey.ServerBinary;
import tg.valkey.ServerProcess;

/// Bot and worker in this process, a simulator and a server, for tests of what people see. The
/// worker runs a script that does what the text says. Confined to one thread at a time.
final class Stage implements AutoCloseable {
  static final long BOT = 777;
  static final Duration LIMIT = Duration.ofSeconds(60);

  final Sim sim = Sim.start();
  final ServerProcess server;
  final Queues queues;
  final Path folder;
  private final Program.Running bot;
  private final Program.Running worker;

  Stage(Map<String, String> more) {
    try {
      folder =
          Files.createTempDirectory(
              Files.createDirectories(Path.of("target", "stages").toAbsolutePath()), "stage");
      var script = Files.writeString(folder.resolve("script.sh"), script(folder));
      var binary = ServerBinary.find(Path.of("target", "servers").toAbsolutePath());
      server = ServerProcess.start(binary, folder.resolve("data")).dyingWithJvm();
      sim.bot("777:secret");
      var variables = new HashMap<String, String>();
      variables.put("TG_TOKEN", "777:secret");
      variables.put("TG_API_URL", sim.uri().toString());
      variables.put("TG_VALKEY", server.uri().toString());
      variables.put("TG_EXEC", "sh " + script);
      variables.put("TG_ATTEMPTS", "1");
      variables.put("TG_RATE_ALL", "off");
      variables.put("TG_RATE_CHAT", "off");
      variables.put("TG_RATE_GROUP", "off");
      variables.put("TG_FILES", folder.resolve("files").toString());
      variables.putAll(more);
      var settings = Settings.read(variables);
      worker = Program.named("worker").start(settings);
      bot = Program.named("bot").start(settings);
      queues = Queues.connect(server.uri());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `wait NAME` works until the file NAME is there, and tells its progress; `fail NAME` fails
  /// until it is there; `lines N` writes N lines; a file is answered with its content.
  private static String script(Path folder) {
    return """
    read verb name || true
    case "$verb" in
      wait) percent=0
        while [ ! -e '%1$s/'"$name" ]; do
          percent=$(( percent < 99 ? percent + 1 : 99 ))
          echo "progress $percent step $percent" >&2
          sleep 0.2
        done
        echo "done $name" ;;
      fail) [ -e '%1$s/'"$name" ] || { echo "no $name yet" >&2; exit 1; }
        echo "done $name" ;;
      lines) i=0
        while [ $i -lt "$name" ]; do i=$((i + 1)); printf '%%0100d\\n' $i; done ;;
      *) if [ -n "$TG_TASK_FILE" ]; then cat "$TG_TASK_FILE"; else echo "got $verb"; fi ;;
    esac
    """
        .formatted(folder);
  }

  /// Lets what waits for a name go on.
  void release(String name) {
    try {
      Files.writeString(folder.resolve(name), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String person(String name) {
    return sim.privateChat(BOT, sim.user(name));
  }

  /// A person whose app speaks a language.
  String person(String name, String language) {
    var reply =
        control(
            "users", "{\"first_name\":\"%s\",\"language_code\":\"%s\"}".formatted(name, language));
    var id = Pattern.compile("\"id\":(\\d+)").matcher(reply);
    if (!id.find()) {
      throw new IllegalStateException(reply);
    }
    return sim.privateChat(BOT, Long.parseLong(id.group(1)));
  }

  /// Presses a button as somebody.
  ///
  /// @return the press's id
  String press(String chat, int message, long from) {
    var reply =
        control(
            "press",
            "{\"chat\":\"%s\",\"message_id\":%d,\"row\":0,\"column\":0,\"from\":%d}"
                .formatted(chat, message, from));
    var id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(reply);
    if (!id.find()) {
      throw new IllegalStateException(reply);
    }
    return id.group(1);
  }

  private String control(String verb, String json) {
    try {
      var connection =
          (HttpURLConnection) URI.create(sim.uri() + "sim/" + verb).toURL().openConnection();
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      try (var out = connection.getOutputStream()) {
        out.write(json.getBytes(UTF_8));
      }
      try (var in = connection.getInputStream()) {
        return new String(in.readAllBytes(), UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the bot shows under a message, in its order.
  List<SimMessage> under(String chat, int message) {
    return sim.transcript(chat).stream()
        .filter(each -> each.fromBot() && each.deletedAt().isEmpty())
        .filter(each -> each.replyTo().orElse(0) == message)
        .toList();
  }

  /// Waits until the bot shows so much under a message.
  List<SimMessage> await(String chat, int message, int count) throws InterruptedException {
    Chats.await(count + " replies", LIMIT, () -> under(chat, message).size() >= count);
    return under(chat, message);
  }

  /// Waits until a message shows a text.
  void awaitText(String chat, int message, String text) throws InterruptedException {
    Chats.await(
        "'" + text + "' in message " + message,
        LIMIT,
        () -> shown(chat, message).text().contains(text));
  }

  SimMessage shown(String chat, int message) {
    return sim.transcript(chat).stream()
        .filter(each -> each.id() == message)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    bot.stop(Duration.ofSeconds(2));
    worker.stop(Duration.ofSeconds(2));
    queues.close();
    sim.close();
    server.close();
  }
}
