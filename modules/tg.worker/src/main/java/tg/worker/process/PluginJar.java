package tg.worker.process;

import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import tg.worker.TaskHandler;

/// A jar, or a folder of classes, among the plugins. Immutable.
///
/// @param path where it is
/// @param module the module in it
record PluginJar(Path path, ModuleReference module) {
  private static final Pattern CLASS_VERSION =
      Pattern.compile("(?:major\\.minor|class file) version (\\d+)");

  /// Class files of Java 1 have version 45.
  private static final int BEFORE_JAVA_1 = 44;

  /// {@return the jar}
  ///
  /// @throws IllegalArgumentException when it cannot be used: why, and what to do
  static PluginJar read(Path path) {
    try {
      var module = ModuleFinder.of(path).findAll().stream().findFirst();
      return new PluginJar(path, module.orElseThrow(() -> new FindException("no module in it")));
    } catch (FindException e) {
      var words = words(e);
      throw new IllegalArgumentException(
          tooNew(words)
              .orElse("cannot be read as a module; build it anew, or take it out: " + words),
          e);
    }
  }

  /// {@return what an error and its causes say, in one line}
  static String words(Throwable error) {
    var words = new StringBuilder(String.valueOf(error.getMessage()));
    for (var cause = error.getCause(); cause != null; cause = cause.getCause()) {
      words.append(": ").append(cause);
    }
    return words.toString();
  }

  /// {@return what to do about a class that is newer than this Java; empty when the words do not
  /// speak of one}
  static Optional<String> tooNew(String words) {
    return CLASS_VERSION
        .matcher(words)
        .results()
        .findFirst()
        .map(found -> Integer.parseInt(found.group(1)) - BEFORE_JAVA_1)
        .map(version ->
            "is compiled for Java %d, and this is Java %d: compile it with --release %2$d"
                .formatted(version, Runtime.version().feature()));
  }

  String name() {
    return String.valueOf(path.getFileName());
  }

  ModuleDescriptor descriptor() {
    return module.descriptor();
  }

  /// {@return whether it is a module with a descriptor, which says that it has handlers}
  boolean hasHandlers() {
    return !descriptor().isAutomatic()
        && descriptor().provides().stream()
            .anyMatch(provides -> provides.service().equals(TaskHandler.class.getName()));
  }

  /// {@return why nothing uses it, and what to do}
  String uselessness() {
    return descriptor().isAutomatic()
        ? "is no module, and no module here requires it: give it a module-info.java, or take it out"
        : "has no handler, and no module here requires it: its module-info.java must say 'provides "
            + TaskHandler.class.getName()
            + " with …;', or take it out";
  }

  /// {@return whether a text speaks of this module, or of a handler in it}
  boolean isIn(String text) {
    return speaksOf(text, descriptor().name())
        || descriptor().provides().stream()
            .flatMap(provides -> provides.providers().stream())
            .anyMatch(type -> speaksOf(text, type));
  }

  private static boolean speaksOf(String text, String name) {
    return Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "(?!\\.?\\w)")
        .matcher(text)
        .find();
  }
}
