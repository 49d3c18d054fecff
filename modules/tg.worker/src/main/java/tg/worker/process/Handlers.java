package tg.worker.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import tg.outbox.Catalog;
import tg.outbox.Task;
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

  /// All handlers on the module path; with a program to run, that one answers whatever has no
  /// handler of its own.
  static Handlers find(Optional<TaskHandler> exec) {
    var found = new ArrayList<TaskHandler>();
    exec.ifPresent(found::add);
    ServiceLoader.load(TaskHandler.class).forEach(found::add);
    return of(found);
  }

  /// Handlers of others go before ours, in the order given; of two with one name the first is
  /// taken.
  static Handlers of(List<TaskHandler> found) {
    var ours = TaskHandler.class.getModule();
    var sorted = new ArrayList<>(found);
    sorted.sort((a, b) -> Boolean.compare(shipped(a, ours), shipped(b, ours)));
    var byName = new HashMap<String, TaskHandler>();
    sorted.forEach(handler -> byName.putIfAbsent(handler.name(), handler));
    var forTexts =
        sorted.stream()
            .filter(TaskHandler::answersText)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no handler answers plain texts"));
    var forFiles = sorted.stream().filter(TaskHandler::answersFiles).findFirst().orElse(forTexts);
    return new Handlers(Map.copyOf(byName), forTexts, forFiles);
  }

  private static boolean shipped(TaskHandler handler, Module ours) {
    return !(handler instanceof Exec) && handler.getClass().getModule() == ours;
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
