package tg.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `./tg` in a small project of its own, where the JDK prints its arguments and Maven notes that it
/// was called.
final class TgScriptTest {
  private final Path folder;

  TgScriptTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void project() throws IOException {
    Files.copy(Repository.find().resolve("tg"), folder.resolve("tg"));
    write("pom.xml", "<project/>");
    write("modules/tg.dev/src/main/java/A.java", "a");
    write("modules/tg.dev/src/main/java/B.java", "b");
    write("modules/tg.dev/target/classes/B.class", "b");
    program(
        "mvnw",
        """
        echo built >>"%s/builds"
        [ ! -e "%s/broken" ] || { echo 'A.java:1: wrong'; exit 1; }
        for each; do case $each in -Dtg.mods=*) mkdir -p "${each#*=}" ;; esac; done
        sleep 0.2
        """
            .formatted(folder, folder));
    jdk("jdk25", "25.0.1");
  }

  @Test
  void helpSaysALineForEachCommand() throws Exception {
    var help = tg("help");
    assertEquals(0, help.status());
    for (var each :
        List.of(
            "demo", "run", "sim", "bot", "worker", "jars", "image", "test", "check", "fix", "bench",
            "chaos", "evening", "pod", "jdk", "help")) {
      assertTrue(help.text().contains("\n  " + each + " "), help.text());
      assertTrue(tg("help", each).text().startsWith("./tg " + each + ": "));
    }
  }

  @Test
  void withoutACommandItShowsTheHelpAndFails() throws Exception {
    var nothing = tg();
    assertEquals(2, nothing.status());
    assertTrue(nothing.text().contains("Usage: ./tg COMMAND"), nothing.text());
  }

  @ParameterizedTest
  @CsvSource({"dmeo,demo", "tests,test", "wroker,worker", "chek,check"})
  void anUnknownWordIsAnErrorThatNamesTheNearest(String word, String nearest) throws Exception {
    var unknown = tg(word);
    assertEquals(2, unknown.status());
    assertEquals(
        "tg: there is no command '%s'. Did you mean '%s'? ./tg help lists the commands.\n"
            .formatted(word, nearest),
        unknown.text());
  }

  @Test
  void aWordLikeNoneIsAnErrorThatNamesNone() throws Exception {
    var unknown = tg("xyzzy");
    assertEquals(
        "tg: there is no command 'xyzzy'. ./tg help lists the commands.\n", unknown.text());
  }

  @Test
  void theProgramGetsItsArgumentsAndItsStatusIsOurs() throws Exception {
    var demo = tg("demo", "--say", "hello  world", "*");
    assertEquals(7, demo.status());
    assertTrue(demo.text().startsWith("tg: building…\njdk25 <-p> <" + folder), demo.text());
    assertTrue(
        demo.text().endsWith("> <-m> <tg.dev/tg.dev.Demo> <--say> <hello  world> <*>\n"),
        demo.text());
  }

  @Test
  void nothingIsBuiltWhenNothingChanged() throws Exception {
    tg("demo");
    tg("sim");
    write("modules/tg.dev/src/test/java/ATest.java", "a test is not in the program");
    tg("demo");
    assertEquals(1, builds());
  }

  @Test
  void changedNewAndDeletedSourcesAreNoticed() throws Exception {
    tg("demo");
    write("modules/tg.dev/src/main/java/A.java", "A");
    tg("demo");
    write("modules/tg.dev/src/main/resources/tg/dev/c.lua", "c");
    tg("demo");
    assertEquals(3, builds());
    Files.delete(folder.resolve("modules/tg.dev/src/main/java/B.java"));
    tg("demo");
    assertEquals(4, builds());
    assertTrue(Files.notExists(folder.resolve("modules/tg.dev/target")), "B's class is forgotten");
  }

  @Test
  void aBuildThatFailedShowsWhyAndIsTriedAgain() throws Exception {
    write("broken", "");
    var failed = tg("demo");
    assertEquals(1, failed.status());
    assertTrue(failed.text().contains("A.java:1: wrong\ntg: the build failed"), failed.text());
    Files.delete(folder.resolve("broken"));
    assertEquals(7, tg("demo").status());
    assertEquals(2, builds());
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    var processes = new ArrayList<Process>();
    for (var command : List.of("demo", "sim", "bot")) {
      processes.add(start(List.of("PATH=" + path("jdk25")), command));
    }
    for (var process : processes) {
      var text = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(7, process.waitFor(), text);
    }
    assertEquals(1, builds());
  }

  @Test
  void aBuildInUseIsKeptUntilItsProgramEnds() throws Exception {
    program("jdk25/bin/java", "echo started; read line; echo \"end $line\"");
    var running = start(List.of("PATH=" + path("jdk25")), "demo");
    var output = running.inputReader(UTF_8);
    assertEquals("tg: building…", output.readLine());
    assertEquals("started", output.readLine());
    jdk("jdk25", "25.0.1");
    write("modules/tg.dev/src/main/java/A.java", "A");
    tg("demo");
    assertEquals(2, kept());
    try (var input = running.outputWriter(UTF_8)) {
      input.write("x\n");
    }
    assertEquals("end x", output.readLine());
    running.waitFor();
    write("modules/tg.dev/src/main/java/A.java", "a new one");
    tg("demo");
    assertEquals(1, kept());
  }

  @Test
  void aJdkThatIsTooOldOrHasNoCompilerIsPassedOver() throws Exception {
    jdk("old", "21.0.2");
    assertTrue(
        run(List.of("JAVA_HOME=" + folder.resolve("old"), "PATH=" + path("jdk25")), "demo")
            .text()
            .contains("\njdk25 "));
    jdk("jre", "25");
    Files.delete(folder.resolve("jre/bin/javac"));
    assertTrue(
        run(List.of("JAVA_HOME=" + folder.resolve("jre"), "PATH=" + path("jdk25")), "demo")
            .text()
            .startsWith("jdk25 "));
    jdk("jdk26", "26-ea");
    assertTrue(
        run(List.of("JAVA_HOME=" + folder.resolve("jdk26"), "PATH=" + path("jdk25")), "demo")
            .text()
            .startsWith("jdk26 "));
  }

  private record Ran(int status, String text) {}

  private Ran tg(String... arguments) throws Exception {
    return run(List.of("PATH=" + path("jdk25")), arguments);
  }

  private Ran run(List<String> environment, String... arguments) throws Exception {
    var process = start(environment, arguments);
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ran(process.waitFor(), text);
  }

  private Process start(List<String> environment, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("/bin/sh", folder.resolve("tg").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("JAVA") || name.startsWith("TG_"));
    builder.environment().put("HOME", folder.toString());
    for (var each : environment) {
      var parts = each.split("=", 2);
      builder.environment().put(parts[0], parts[1]);
    }
    return builder.start();
  }

  private String path(String jdk) {
    return folder.resolve(jdk + "/bin") + ":/usr/bin:/bin";
  }

  private void jdk(String name, String version) throws IOException {
    program(name + "/bin/java", "printf '%s' " + name + "; printf ' <%s>' \"$@\"; echo; exit 7");
    program(name + "/bin/javac", "echo javac " + version);
    write(name + "/release", "JAVA_VERSION=\"" + version + "\"\n");
  }

  private void program(String name, String script) throws IOException {
    write(name, "#!/bin/sh\n" + script + "\n");
    assertTrue(folder.resolve(name).toFile().setExecutable(true));
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private int builds() throws IOException {
    return Files.readAllLines(folder.resolve("builds")).size();
  }

  private long kept() throws IOException {
    try (var builds = Files.list(folder.resolve(".tg/mods"))) {
      return builds.count();
    }
  }
}
