package tg.worker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.api.MessageRef;
import tg.outbox.Command;
import tg.process.InvalidSettings;
import tg.worker.Task;

/// Jars as their authors make them, right and wrong.
class PluginsTest {
  private final JarMaker maker;

  PluginsTest(@TempDir Path folder) throws IOException {
    this.maker = JarMaker.in(folder);
  }

  private Handlers found() {
    return Handlers.find(Optional.empty(), Optional.of(maker.plugins()));
  }

  private String answer(String command) throws Exception {
    var task = new Task("t", new Task.User(1, "Ann", Locale.ENGLISH), command, "hi", 1);
    for (var handler : Plugins.handlers(Optional.of(maker.plugins()))) {
      if (handler.name().equals(command)) {
        return handler.handle(task, (percent, words) -> {}).text().text();
      }
    }
    throw new AssertionError("nobody answers /" + command);
  }

  private void plugin(String name, String command, String answer) {
    try {
      maker.jar(
          name + ".jar",
          Map.of(
              "module-info.java",
              JarMaker.module(name, name),
              name.replace('.', '/') + "/Handler.java",
              JarMaker.handler(name, command, answer)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(String... words) {
    assertRefused(maker.plugins(), words);
  }

  private static void assertRefused(Path folder, String... words) {
    var refused =
        assertThrows(
            InvalidSettings.class, () -> Handlers.find(Optional.empty(), Optional.of(folder)));
    var message = String.valueOf(refused.getMessage());
    for (var word : words) {
      assertTrue(message.contains(word), () -> "'" + word + "' is not in\n" + message);
    }
  }

  @Test
  void aHandlerInAModuleOfItsOwnIsFoundBesideTheShippedOnes() throws Exception {
    plugin("my.shout", "shout", "task.text().toUpperCase()");
    assertEquals("HI", answer("shout"));
    assertTrue(found().names().containsAll(List.of("shout", "report", "primes", "digest")));
  }

  @Test
  void theClassesOfAModuleAreAPluginToo() throws Exception {
    plugin("my.shout", "shout", "\"loud\"");
    var classes = maker.work().resolve("my.shout.jar/classes");
    assertTrue(Handlers.find(Optional.empty(), Optional.of(classes)).names().contains("shout"));
  }

  @Test
  void itMayTakeThePlaceOfAShippedHandler() throws Exception {
    plugin("my.primes", "primes", "\"mine\"");
    assertEquals("my.primes.Handler", handlerOf("primes"));
  }

  private String handlerOf(String command) {
    var message = new MessageRef(1, 1, 0);
    var asker = new tg.outbox.Task.Asker(1, "Ann", "en");
    var id = tg.outbox.Task.idFor(7, message);
    return found()
        .forTask(new tg.outbox.Task(id, message, asker, command, "", null, Instant.EPOCH))
        .getClass()
        .getName();
  }

  @Test
  void twoMayHaveLibrariesThatAreNoModulesAndPackagesOfTheSameName() throws Exception {
    maker.jar("lib.jar", Map.of("lib/Lib.java", lib("lib", "Lib", "1")));
    for (var name : List.of("one", "two")) {
      maker.jar(
          name + ".jar",
          Map.of(
              "module-info.java",
              JarMaker.module(name, name, "lib"),
              name + "/Handler.java",
              JarMaker.handler(name, name, "lib.Lib.VALUE + inner.Inner.VALUE"),
              "inner/Inner.java",
              lib("inner", "Inner", name)));
    }
    assertEquals("1one", answer("one"));
    assertEquals("1two", answer("two"));
  }

  private static String lib(String packageName, String type, String value) {
    return "package %s; public final class %s { public static final String VALUE = \"%s\".strip(); }"
        .formatted(packageName, type, value);
  }

  @Test
  void aCopyOfAModuleOfOursDoesNoHarm() throws Exception {
    plugin("my.shout", "shout", "\"loud\"");
    maker.jar("tg.text.jar", Map.of("module-info.java", "module tg.text {}"));
    assertEquals("loud", answer("shout"));
  }

  @Test
  void anEmptyFolderIsNoFault() {
    assertEquals(List.of("digest", "primes", "report"), found().names());
  }

  @Test
  void aFolderThatIsNotThereIsTold() {
    assertRefused(maker.work().resolve("nowhere"), "nowhere: there is no such folder");
  }

  @Test
  void aJarThatIsNoModuleIsNamed() throws Exception {
    plugin("my.shout", "shout", "\"loud\"");
    maker.jar(
        "old.jar",
        Map.of(
            "old/Handler.java",
            JarMaker.handler("old", "old", "\"\""),
            "META-INF/services/tg.worker.TaskHandler",
            "old.Handler"),
        "--add-modules",
        "tg.worker");
    assertRefused("old.jar is no module", "give it a module-info.java");
  }

  @Test
  void aFileThatIsNoJarIsNamed() throws Exception {
    Files.writeString(maker.plugins().resolve("broken.jar"), "this is no jar");
    assertRefused("broken.jar cannot be read as a module");
  }

  @Test
  void aModuleWithoutAHandlerIsNamed() throws Exception {
    maker.jar(
        "lazy.jar",
        Map.of(
            "module-info.java",
            "module lazy { requires tg.worker; }",
            "lazy/Handler.java",
            JarMaker.handler("lazy", "lazy", "\"\"")));
    assertRefused("lazy.jar has no handler", "provides tg.worker.TaskHandler with");
  }

  @Test
  void twoJarsOfOneModuleAreBothNamed() throws Exception {
    plugin("my.shout", "shout", "\"loud\"");
    Files.copy(
        maker.plugins().resolve("my.shout.jar"), maker.plugins().resolve("my.shout-0.9.jar"));
    assertRefused("my.shout-0.9.jar", "my.shout.jar", "are both module my.shout: keep one");
  }

  @Test
  void twoHandlersOfOneCommandAreBothNamed() throws Exception {
    plugin("loud", "shout", "\"1\"");
    plugin("louder", "shout", "\"2\"");
    assertRefused(
        "/shout is answered by", "loud.Handler in loud.jar", "louder.Handler in louder.jar");
  }

  @Test
  void aNameThatIsNoCommandIsTold() throws Exception {
    plugin("my.shout", "Shout it", "\"\"");
    assertRefused("my.shout.Handler in my.shout.jar has the name 'Shout it'");
  }

  @Test
  void aCommandOfTheBotItselfIsTold() throws Exception {
    plugin("my.help", Command.OWN.iterator().next(), "\"\"");
    assertRefused("my.help.jar would answer /", "which the bot answers itself");
  }

  @Test
  void aPackageInTwoModulesIsTold() throws Exception {
    maker.jar("half.jar", Map.of("module-info.java", "module half {}"));
    maker.jar(
        "split.jar",
        Map.of(
            "module-info.java",
            JarMaker.module("split", "split", "half"),
            "split/Handler.java",
            JarMaker.handler("split", "split", "\"\""),
            "same/A.java",
            "package same; class A {}"));
    maker.jar(
        "half.jar",
        Map.of(
            "module-info.java",
            "module half { exports same; }",
            "same/B.java",
            "package same; public class B {}"));
    assertRefused("half.jar and split.jar cannot be used", "package same", "rename it");
  }

  @Test
  void aModuleThatIsMissingIsTold() throws Exception {
    var half = maker.jar("half.jar", Map.of("module-info.java", "module half {}"));
    maker.jar(
        "whole.jar",
        Map.of(
            "module-info.java",
            JarMaker.module("whole", "whole", "half"),
            "whole/Handler.java",
            JarMaker.handler("whole", "whole", "\"\"")));
    Files.delete(half);
    assertRefused("whole.jar cannot be used", "put the jar of half beside it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"module-info.class", "my/shout/Handler.class"})
  void aNewerJavaIsTold(String file) throws Exception {
    plugin("my.shout", "shout", "\"loud\"");
    var classes = maker.work().resolve("my.shout.jar/classes");
    var bytes = Files.readAllBytes(classes.resolve(file));
    bytes[7]++;
    Files.write(classes.resolve(file), bytes);
    int version = Runtime.version().feature();
    assertRefused(
        classes,
        "classes is compiled for Java %d, and this is Java %d: compile it with --release %2$d"
            .formatted(version + 1, version));
  }

  @Test
  void aHandlerThatCannotBeMadeIsTold() throws Exception {
    maker.jar(
        "shy.jar",
        Map.of(
            "module-info.java",
            JarMaker.module("shy", "shy"),
            "shy/Handler.java",
            JarMaker.handler("shy", "shy", "\"\"")
                .replace(
                    "{\n  public String",
                    "{ public Handler() { throw new IllegalStateException(\"no key\"); }\n  public String")));
    assertRefused("shy.jar has a handler that cannot be made", "no key");
  }
}
