package tg.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each rule finds what it is for, and lets through what is right.
final class RulesTest {

  @Test
  void aFindingSaysFileLineAndWhatToDo() {
    var findings = Statics.mutable(source("class A {\n\n  static int count;\n}"));
    assertEquals(
        "[modules/tg.x/src/main/java/tg/x/A.java:3: count is static and can change:"
            + " make it a field of an object]",
        findings.toString());
  }

  @Test
  void filesOver400LinesAreFound() {
    assertEquals(0, Shape.longFiles(Map.of("m/src/main/java/A.java", "x\n".repeat(400))).size());
    assertEquals(1, Shape.longFiles(Map.of("m/src/main/java/A.java", "x\n".repeat(401))).size());
    assertEquals(1, Shape.longFiles(Map.of("m/src/main/resources/a.js", "x\n".repeat(401))).size());
  }

  @Test
  void methodsOver60LinesAreFound() {
    var method = "class A {\n  /// Said.\n  void m() {\n%s  }\n}";
    assertEquals(0, Shape.longMethods(source(method.formatted("    n();\n".repeat(58)))).size());
    assertEquals(1, Shape.longMethods(source(method.formatted("    n();\n".repeat(59)))).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JsonUtil",
        "Utils",
        "ChatHelper",
        "QueueManager",
        "JobProcessor",
        "StoreImpl",
        "ImplStore",
        "AbstractStore",
        "BaseTest",
        "DefaultClock",
        "IStore",
        "ManagerOfJobs"
      })
  void namesThatSayNothingAreFound(String name) {
    assertEquals(1, Shape.bannedNames(source("class A { record " + name + "() {} }")).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Lease", "Idle", "IOFault", "Item", "Database", "Simple", "Defaults", "Implied"})
  void namesOfRolesAreLetThrough(String name) {
    assertEquals(0, Shape.bannedNames(source("interface " + name + " {}")).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "static int n;",
        "static final byte[] BYTES = bytes();",
        "static final Map<String, String> SEEN = new HashMap<>();",
        "static final List<String> ALL = new java.util.ArrayList<>();",
        "static final AtomicLong NEXT = new AtomicLong();",
        "static final ReentrantLock LOCK = new ReentrantLock();",
        "static final ThreadLocal<String> NAME = ThreadLocal.withInitial(() -> null);",
        "enum E { X; static String last; }",
        "interface I { int[] SIZES = {1, 2}; }",
      })
  void staticsThatCanChangeAreFound(String field) {
    assertEquals(1, Statics.mutable(source("class A { " + field + " }")).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "static final int MAX = 4;",
        "static final List<String> ALL = List.of();",
        "private static final Pattern WORD = Pattern.compile(\"x\");",
        "static final ScopedValue<String> NAME = ScopedValue.newInstance();",
        "static final System.Logger LOG = System.getLogger(\"x\");",
        "enum E { X, Y }",
        "int n; final byte[] bytes = {}; record R(byte[] bytes) {}",
        "static void m() { int n; byte[] b; }",
      })
  void whatCannotChangeIsLetThrough(String member) {
    assertEquals(List.of(), Statics.mutable(source("class A { " + member + " }")));
  }

  @Test
  void packagesThatNeedEachOtherAreFound() {
    var there = Map.of("a/A.java", "package a; import b.c.B;", "b/c/B.java", "package b.c;");
    assertEquals(0, Packages.cycles(Source.parse(there)).size());
    var andBack =
        Map.of(
            "a/A.java",
            "package a; import b.c.B;",
            "b/c/B.java",
            "package b.c; import static a.A.x;");
    assertEquals(2, Packages.cycles(Source.parse(andBack)).size());
  }

  @Test
  void modulesAndPackagesInTheWrongFolderAreFound() {
    var wrong =
        Map.of(
            "modules/tg.x/src/main/java/module-info.java", "module tg.y {}",
            "modules/tg.x/src/main/java/tg/xy/A.java", "package tg.xy;",
            "modules/tg.x/src/main/java/tg/x/A.java", "package tg.x;",
            "modules/tg.x/src/main/java/tg/x/in/A.java", "package tg.x.in;");
    assertEquals(2, Packages.misplaced(Source.parse(wrong)).size());
  }

  @Test
  void wideOrQualifiedExportsAreFound() {
    var file = "modules/tg.x/src/main/java/module-info.java";
    var text = "module tg.x { exports tg.x; exports tg.x.b; exports tg.x.c; %s }";
    assertEquals(0, Packages.wideExports(Source.parse(Map.of(file, text.formatted("")))).size());
    for (var more : List.of("exports tg.x.d;", "opens tg.x;")) {
      assertEquals(
          1, Packages.wideExports(Source.parse(Map.of(file, text.formatted(more)))).size());
    }
    var qualified = "module tg.x { exports tg.x to tg.y; }";
    assertEquals(1, Packages.wideExports(Source.parse(Map.of(file, qualified))).size());
  }

  @Test
  void unfinishedWorkIsFoundInMainOnly() {
    var word = "TO" + "DO";
    assertEquals(1, Words.unfinished(Map.of("m/src/main/java/A.java", "\n// " + word)).size());
    assertEquals(0, Words.unfinished(Map.of("docs/a.md", word)).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import java.util.concurrent.CompletableFuture; class A {}",
        "import java.util.concurrent.Flow.Subscriber; class A {}",
        "import java.util.concurrent.*; class A { CompletableFuture<String> f; }",
        "class A { java.util.concurrent.Flow.Publisher<String> p; }",
        "import reactor.core.publisher.Mono; class A {}",
      })
  void reactiveTypesAreFound(String text) {
    assertEquals(1, Words.reactive(source(text)).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import java.util.concurrent.Future; class A {}",
        "class A { record Flow() {} Flow f; }",
      })
  void blockingTypesAreLetThrough(String text) {
    assertEquals(0, Words.reactive(source(text)).size());
  }

  @Test
  void placesOfOneMachineAreFound() {
    var host = String.join(".", "registry", "npmjs", "org");
    for (var text :
        List.of("https://" + host + "/x", "cd /wo" + "rk/x", "/usr/lib/" + "jvm/temurin")) {
      assertEquals(1, Words.oneMachine(Map.of("docs/a.md", text)).size(), text);
    }
    for (var text :
        List.of("/usr/lib/jvm/*", "target/work/x", "https://api.telegram.org/bot", "work/a")) {
      assertEquals(0, Words.oneMachine(Map.of("docs/a.md", text)).size(), text);
    }
  }

  @Test
  void luaScriptsWithoutAHeaderAreFound() {
    var file = "modules/tg.x/src/main/resources/tg/x/a.lua";
    var header = "-- Adds.\n-- KEYS[1] list\n-- Returns 1\n-- Atomic: one command\n";
    assertEquals(0, Words.headerless(Map.of(file, header + "return #KEYS[1]")).size());
    assertEquals(1, Words.headerless(Map.of(file, header + "return ARGV[1]")).size());
    assertEquals(3, Words.headerless(Map.of(file, "return KEYS[1]")).size());
  }

  private static List<Source> source(String text) {
    return Source.parse(Map.of("modules/tg.x/src/main/java/tg/x/A.java", text));
  }
}
