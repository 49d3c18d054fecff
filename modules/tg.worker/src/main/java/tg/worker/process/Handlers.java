package tg.worker.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tg.outbox.Catalog;
import tg.outbox.Command;
import tg.outbox.Task;
import tg.process.InvalidSettings;
import tg.worker.TaskHandler;
import tg.worker.handlers.Exec;

/// Which handler answers what. Immutable.
final class Handlers {
  private final Map<String, TaskHandler> byName;
  private final TaskHandler forTexts;
  private final TaskHandler forFiles;

  private Handlers(Map<String, TaskHandler> byName, TaskHandler forTexts, TaskHandler forFiles) {
    this.byName = byName;
    this.forTexts = forTexts;
    this.forFiles = forFiles;
  }

  /// All handlers on the module path and among the plugins; with a program to run, that one answers
  /// whatever has no handler of its own.
  ///
  /// @throws InvalidSettings when one of them cannot be used
  static Handlers find(Optional<TaskHandler> exec, Optional<Path> plugins) {
    var found = new ArrayList<TaskHandler>();
    exec.ifPresent(found::add);
    found.addAll(Plugins.handlers(plugins));
    return of(found);
  }

  /// Handlers of others go before ours and may take the place of one of them.
  static Handlers of(List<TaskHandler> found) {
    var sorted = new ArrayList<>(found);
    sorted.sort((a, b) -> Boolean.compare(isOurs(a), isOurs(b)));
    var byName = new HashMap<String, TaskHandler>();
    var problems = new ArrayList<String>();
    for (var handler : sorted) {
      var name = handler.name();
      var other = byName.putIfAbsent(name, handler);
      if (!isOurs(handler)) {
        problem(handler, name, other).ifPresent(problems::add);
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
    var forTexts =
        sorted.stream()
            .filter(TaskHandler::answersText)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no handler answers plain texts"));
    var forFiles = sorted.stream().filter(TaskHandler::answersFiles).findFirst().orElse(forTexts);
    return new Handlers(Map.copyOf(byName), forTexts, forFiles);
  }

  private static Optional<String> problem(
      TaskHandler handler, String name, @Nullable TaskHandler other) {
    if (!name.matches("[a-z0-9_]{1,32}")) {
      return Optional.of(
          where(handler) + " has the name '" + name + "': a command is 1 to 32 of a-z 0-9 _");
    }
    if (Command.OWN.contains(name)) {
      return Optional.of(
          where(handler) + " would answer /" + name + ", which the bot answers itself: rename it");
    }
    return other == null
        ? Optional.empty()
        : Optional.of(
            "/%s is answered by %s and by %s: take one out, or rename it"
                .formatted(name, where(other), where(handler)));
  }

  /// {@return which class it is, and in which file}
  private static String where(TaskHandler handler) {
    var type = handler.getClass();
    var module = type.getModule();
    var jar =
        Optional.ofNullable(module.getLayer())
            .flatMap(layer -> layer.configuration().findModule(module.getName()))
            .flatMap(found -> found.reference().location())
            .map(place -> " in " + Path.of(place).getFileName());
    return type.getName() + jar.orElse("");
  }

  private static boolean isOurs(TaskHandler handler) {
    return !(handler instanceof Exec)
        && handler.getClass().getModule() == TaskHandler.class.getModule();
  }

  TaskHandler forTask(Task task) {
    boolean bareFile = task.file() != null && task.command().isEmpty();
    return byName.getOrDefault(task.command(), bareFile ? forFiles : forTexts);
  }

  /// {@return what each of them does, for `/help`}
  ///
  /// @param languages in which languages it is said
  Catalog catalog(List<String> languages) {
    var entries = new ArrayList<Catalog.Entry>();
    for (var name : names()) {
      var help = new HashMap<String, String>();
      for (var language : languages) {
        var line = byName.getOrDefault(name, forTexts).help(Locale.forLanguageTag(language));
        if (!line.isBlank()) {
          help.put(language, line);
        }
      }
      if (!help.isEmpty()) {
        entries.add(new Catalog.Entry(name, Map.copyOf(help)));
      }
    }
    return new Catalog(List.copyOf(entries));
  }

  /// {@return the names, for a log line}
  List<String> names() {
    return byName.keySet().stream().sorted().toList();
  }
}
