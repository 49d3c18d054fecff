package tg.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// No module requires another, of the JDK, of ours or of others, that its classes do not use.
final class RequiresTest {
  private final Path path = Repository.find().resolve("dist/target/mods");
  private final ModuleFinder finder = ModuleFinder.of(path);

  @Test
  void everyRequiredModuleIsUsed() {
    var unused = new ArrayList<String>();
    var checked = 0;
    for (var module : finder.findAll()) {
      var descriptor = module.descriptor();
      if (!descriptor.name().startsWith("tg.")) {
        continue;
      }
      var used = used(descriptor.name());
      if (used.equals(Set.of("java.base"))) {
        continue; // without classes yet
      }
      checked++;
      descriptor.requires().stream()
          .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
          .map(Requires::name)
          // Its names are found by reflection, because javac warns of them and cannot be told not
          // to.
          .filter(name -> !name.equals("jdk.unsupported"))
          .filter(name -> !used.contains(name) && !provides(name))
          .forEach(name ->
              unused.add(
                  "modules/%s/src/main/java/module-info.java: 'requires %s' is not used: delete it, and its dependency in pom.xml"
                      .formatted(descriptor.name(), name)));
    }
    assertTrue(checked > 0, () -> "no module with classes in " + path + ": run ./tg test");
    if (!unused.isEmpty()) {
      fail("unused:\n" + String.join("\n", unused));
    }
  }

  /// A module may be required only so that its services are found.
  private boolean provides(String module) {
    return finder.find(module).map(ModuleReference::descriptor).stream()
        .anyMatch(descriptor -> !descriptor.provides().isEmpty());
  }

  private Set<String> used(String module) {
    var out = new StringWriter();
    var tool = ToolProvider.findFirst("jdeps").orElseThrow();
    var status =
        tool.run(
            new PrintWriter(out),
            new PrintWriter(out),
            "--multi-release=25",
            "--module-path=" + path,
            "-s",
            "--module=" + module);
    assertEquals(0, status, out::toString);
    return out.toString()
        .lines()
        .filter(line -> line.startsWith(module + " -> "))
        .map(line -> line.substring(line.indexOf("-> ") + 3).strip())
        .filter(name -> !name.equals("not found"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
