package tg.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every script says what it does, and what it says is so.
class LuaHeaderTest {
  private static final Path SCRIPTS = Path.of("src/main/resources/tg/queue/lua");
  private static final int MOST_LINES = 150;
  private static final Pattern USED = Pattern.compile("\\b(KEYS|ARGV)\\[(\\d+)\\]");
  private static final Pattern SAID =
      Pattern.compile("(?m)^-- (KEYS|ARGV)\\[(\\d+)(\\.\\.)?\\] \\S+");

  /// A script's file.
  private record Lua(String name, String header, String body) {
    boolean isPart() {
      return header.contains("\n-- Part: ");
    }
  }

  @TestFactory
  Stream<DynamicTest> everyHeaderIsCompleteAndTrue() throws IOException {
    return scripts().stream().map(lua -> DynamicTest.dynamicTest(lua.name, () -> check(lua)));
  }

  @TestFactory
  Stream<DynamicTest> everyScriptIsCalledAndEveryPartIsUsed() throws IOException {
    var verbs = new HashSet<String>();
    for (var script : Script.values()) {
      verbs.add(script.name().toLowerCase(Locale.ROOT));
    }
    var used = new HashSet<String>();
    for (var lua : scripts()) {
      used.addAll(uses(lua));
    }
    return scripts().stream()
        .map(lua ->
            DynamicTest.dynamicTest(
                lua.name,
                () -> {
                  var callers = lua.isPart() ? used : verbs;
                  assertTrue(callers.contains(lua.name), lua.name + " is dead");
                }));
  }

  private static void check(Lua lua) {
    assertTrue(lua.header.startsWith("-- "), "it begins with its purpose");
    assertTrue(lua.header.contains("\n-- KEYS[1] prefix string"), "it names its key");
    assertTrue(lua.header.contains("\n-- Returns: "), "it says what it returns");
    assertTrue(lua.header.contains("\n-- Atomicity: "), "it says why it must be atomic");
    assertTrue(lua.isPart() || lua.header.contains("\n-- Uses: base"), "it says what it uses");
    assertTrue(lua.body.lines().count() <= MOST_LINES, "it is short");
    var said = indices(SAID, lua.header, any -> true);
    var used = indices(USED, lua.body, any -> true);
    if (lua.isPart()) {
      said = indices(SAID, lua.header, name -> name.startsWith("ARGV"));
      used = indices(USED, lua.body, name -> name.startsWith("ARGV"));
      assertEquals(Set.of(), used, "a part takes no fixed argument");
    } else {
      said.remove("KEYS[1]");
      used.remove("KEYS[1]");
    }
    assertEquals(said, used, "the arguments named are those used");
  }

  /// Open ends (`ARGV[4..]`) are read in loops and are not listed.
  private static Set<String> indices(Pattern pattern, String text, Predicate<String> wanted) {
    var found = new TreeSet<String>();
    var matcher = pattern.matcher(text);
    while (matcher.find()) {
      boolean open = matcher.groupCount() == 3 && matcher.group(3) != null;
      var name = matcher.group(1) + "[" + matcher.group(2) + "]";
      if (!open && wanted.test(name)) {
        found.add(name);
      }
    }
    return found;
  }

  private static List<String> uses(Lua lua) {
    var uses = Pattern.compile("(?m)^-- Uses: (.+)$").matcher(lua.header);
    return uses.find() ? List.of(uses.group(1).split(", ", -1)) : List.of();
  }

  private static List<Lua> scripts() throws IOException {
    var scripts = new ArrayList<Lua>();
    try (var files = Files.list(SCRIPTS)) {
      for (var file : files.sorted().toList()) {
        var lines = Files.readString(file, UTF_8).lines().toList();
        int end = 0;
        while (end < lines.size() && lines.get(end).startsWith("--")) {
          end++;
        }
        var name = file.getFileName().toString().replace(".lua", "");
        scripts.add(
            new Lua(
                name,
                String.join("\n", lines.subList(0, end)),
                String.join("\n", lines.subList(end, lines.size()))));
      }
    }
    return scripts;
  }
}
