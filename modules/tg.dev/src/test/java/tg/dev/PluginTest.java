package tg.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The project in `examples/handler`, packed and put into a folder of plugins.
class PluginTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path SOURCES = Path.of("../../examples/handler/src/main/java");

  private final Path folder;

  PluginTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void pack() throws IOException {
    var words = new ArrayList<>(List.of("-p", System.getProperty("jdk.module.path"), "-d"));
    var classes = folder.resolve("classes").toString();
    words.add(classes);
    try (var files = Files.walk(SOURCES)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(words::add);
    }
    run("javac", words.toArray(String[]::new));
    Files.createDirectories(folder.resolve("plugins"));
    run("jar", "-c", "-f", folder.resolve("plugins/shout.jar").toString(), "-C", classes, ".");
  }

  private static void run(String tool, String... words) {
    var out = new StringWriter();
    var found = ToolProvider.findFirst(tool).orElseThrow();
    assertEquals(
        0, found.run(new PrintWriter(out), new PrintWriter(out), words), () -> out.toString());
  }

  private Map<String, String> settings() {
    return Map.of("TG_PLUGINS", folder.resolve("plugins").toString());
  }

  @Test
  void theExampleAnswersItsCommandAndIsInTheHelp() throws Exception {
    try (var fleet = new Fleet(settings())) {
      fleet.worker();
      Chats.await("a worker", LIMIT, () -> fleet.logs().contains("shout"));
      fleet.bot();
      var chat = fleet.sim.privateChat(777, 1001);
      fleet.sim.say(chat, "/shout hello");
      fleet.sim.say(chat, "/shout");
      fleet.sim.say(chat, "hello");
      fleet.sim.say(chat, "/help");
      Chats.await("answers", LIMIT, () -> Chats.allAnswered(fleet.sim, chat));
      var answers =
          Chats.answers(fleet.sim, chat).values().stream()
              .map(list -> list.getFirst().text())
              .toList();
      assertEquals("HELLO!", answers.getFirst());
      assertEquals("What shall I shout? Say /shout hello", answers.get(1));
      assertTrue(answers.get(2).startsWith("Characters: 5"), answers.get(2));
      assertTrue(answers.get(3).contains("/shout — says it louder"), answers.get(3));
    }
  }

  @Test
  void aWorkerWithABrokenPluginRefusesToStartAndSaysWhichAndWhy() throws Exception {
    Files.writeString(folder.resolve("plugins/other.jar"), "half a download");
    try (var fleet = new Fleet(settings())) {
      var worker = fleet.worker();
      assertTrue(worker.waitFor(60, TimeUnit.SECONDS), "it must end");
      assertEquals(2, worker.exitValue(), fleet.logs());
      assertTrue(fleet.logs().contains("other.jar cannot be read as a module"), fleet.logs());
    }
  }

  @Test
  void theDemoTakesAFolderOfPlugins() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var plugins = folder.resolve("plugins").toString();
    var command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-p"));
    command.addAll(List.of(System.getProperty("jdk.module.path"), "-m", "tg.dev/tg.dev.Demo"));
    command.addAll(List.of("--plugins", plugins, "--say", "/shout hello"));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.contains("HELLO!"), output);
  }
}
