package tg.checks;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// The sources keep the rules. What each rule finds is tested by {@link RulesTest}.
@TestInstance(Lifecycle.PER_CLASS)
final class ArchitectureTest {
  private final Repository repository = Repository.read();
  private final List<Source> all = repository.sources();
  private final List<Source> main = all.stream().filter(Source::isMain).toList();
  private String test = "";

  @BeforeEach
  void named(TestInfo info) {
    test = info.getTestMethod().orElseThrow().getName();
  }

  @Test
  void theSourcesAreSeen() {
    var expected =
        List.of("tg.api", "tg.bot", "tg.dev", "tg.outbox", "tg.queue", "tg.sim", "tg.worker");
    var found = main.stream().map(Source::packageName).distinct().toList();
    if (!found.containsAll(expected)) {
      throw new AssertionError("packages " + expected + " expected, found " + found);
    }
  }

  @Test
  void noFileIsLong() {
    Exceptions.assertNone(test, Shape.longFiles(repository.texts()));
  }

  @Test
  void noMethodIsLong() {
    Exceptions.assertNone(test, Shape.longMethods(all));
  }

  @Test
  void typesAreNamedByTheirRole() {
    Exceptions.assertNone(test, Shape.bannedNames(all));
  }

  @Test
  void noStaticStateCanChange() {
    Exceptions.assertNone(test, Statics.mutable(main));
  }

  @Test
  void packagesFormNoCycle() {
    Exceptions.assertNone(test, Packages.cycles(main));
  }

  @Test
  void folderModuleAndPackageHaveOneName() {
    Exceptions.assertNone(test, Packages.misplaced(all));
  }

  @Test
  void exportsAreFewAndToAll() {
    Exceptions.assertNone(test, Packages.wideExports(main));
  }

  @Test
  void nothingIsUnfinished() {
    Exceptions.assertNone(test, Words.unfinished(repository.texts()));
  }

  @Test
  void nothingIsReactive() {
    Exceptions.assertNone(test, Words.reactive(main));
  }

  @Test
  void nothingNeedsOneMachine() {
    Exceptions.assertNone(test, Words.oneMachine(repository.texts()));
  }

  @Test
  void luaScriptsSayWhatTheyDo() {
    Exceptions.assertNone(test, Words.headerless(repository.texts()));
  }

  @Test
  void exceptionsAreFew() {
    Exceptions.assertFew();
  }
}
