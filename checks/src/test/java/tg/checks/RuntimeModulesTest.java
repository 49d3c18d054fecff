package tg.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which modules are in the runtime of each program, and which of them reads which: as `jlink`
/// resolves them. A module more shows in review as a change of `jlink/….expected.txt`, which `./tg
/// fix` rewrites.
final class RuntimeModulesTest {

  @ParameterizedTest
  @ValueSource(strings = {"tg.bot", "tg.worker"})
  void theModulesAreTheExpectedOnes(String program) throws IOException {
    var root = Repository.find();
    var golden = root.resolve("jlink").resolve(program + ".expected.txt");
    var actual = resolved(root, program).stream().map(RuntimeModulesTest::line).sorted().toList();
    if ("write".equals(System.getProperty("tg.golden"))) {
      Files.write(golden, actual);
    }
    var expected = Files.exists(golden) ? Files.readAllLines(golden) : List.of();
    assertEquals(expected, actual, golden + " is another; if the change is meant, run ./tg fix");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tg.bot", "tg.worker"})
  void noModuleIsAutomatic(String program) throws IOException {
    var automatic =
        resolved(Repository.find(), program).stream()
            .filter(module -> module.reference().descriptor().isAutomatic())
            .map(ResolvedModule::name)
            .toList();
    assertEquals(List.of(), automatic, "jlink takes real modules only: see third-party/README.md");
  }

  private static Set<ResolvedModule> resolved(Path root, String program) {
    var jars = root.resolve("jlink/target/mods");
    var finder = ModuleFinder.compose(ModuleFinder.of(jars), ModuleFinder.ofSystem());
    return Configuration.empty().resolve(finder, ModuleFinder.of(), Set.of(program)).modules();
  }

  /// A module, and the modules that it reads.
  private static String line(ResolvedModule module) {
    var reads = module.reads().stream().map(ResolvedModule::name).sorted().toList();
    return module.name() + " -> " + String.join(", ", reads);
  }
}
