package tg.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others compile and link against our jars, with nothing beside them.
final class EmbeddingTest {
  private static final Path MODS = Repository.find().resolve("dist/target/mods");

  @TempDir Path folder = Path.of("");

  @Test
  void anApplicationNeedsOnlyTheJarOfTheQueue() throws IOException {
    var jar = MODS.resolve("tg.queue-0.1.0.jar").toString();
    write("module-info.java", "module my.app { requires tg.queue; }");
    write(
        "Main.java",
        """
        package my.app;

        import java.time.Duration;
        import tg.queue.NewJob;
        import tg.queue.Outcome;
        import tg.queue.Payload;
        import tg.queue.Schedule;
        import tg.queue.TestQueues;

        final class Main {
          static void main() {
            try (var test = TestQueues.create()) {
              test.queues().enqueue(NewJob.of("mail", "welcome", Payload.of("Ann")).group("a"));
              test.queues()
                  .schedules()
                  .put(Schedule.every("hourly", Duration.ofHours(1), NewJob.of("mail", "t", Payload.empty())));
              for (var run : test.runAllDue("mail", job -> Outcome.done())) {
                System.out.println(run.job().body().group());
              }
            }
          }
        }
        """);
    compile(jar);
    run(
        "jlink",
        "--module-path",
        jar + ":" + folder.resolve("out"),
        "--add-modules",
        "my.app",
        "--output",
        folder.resolve("image").toString());
  }

  @Test
  void aHandlerNeedsOnlyTheJarsOfTheWorker() throws IOException {
    write(
        "module-info.java",
        "module my.bot { requires tg.worker; provides tg.worker.TaskHandler with my.bot.Shout; }");
    write(
        "Shout.java",
        """
        package my.bot;

        import java.util.Locale;
        import tg.worker.Answer;
        import tg.worker.Progress;
        import tg.worker.Task;
        import tg.worker.TaskHandler;

        public final class Shout implements TaskHandler {
          @Override
          public String name() {
            return "shout";
          }

          @Override
          public Answer handle(Task task, Progress progress) {
            progress.report(50, "taking a breath");
            return Answer.text(task.text().toUpperCase(Locale.ROOT));
          }
        }
        """);
    compile(MODS.toString());
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve("src"));
    Files.writeString(folder.resolve("src").resolve(name), text);
  }

  private void compile(String path) throws IOException {
    var words = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-p", path));
    words.addAll(List.of("-d", folder.resolve("out").toString()));
    try (var sources = Files.list(folder.resolve("src"))) {
      sources.forEach(source -> words.add(source.toString()));
    }
    run("javac", words.toArray(String[]::new));
  }

  private static void run(String tool, String... words) {
    var out = new StringWriter();
    var found = ToolProvider.findFirst(tool);
    assertTrue(found.isPresent(), tool);
    assertEquals(
        0, found.get().run(new PrintWriter(out), new PrintWriter(out), words), out::toString);
  }
}
