package tg.worker.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import tg.worker.Task;
import tg.worker.TaskHandler;
import tg.worker.handlers.Exec;

/// Which handler answers what. Immutable.
final class Handlers {
  private final Map<String, TaskHandler> byName;
  private final TaskHandler fallback;

  private Handlers(Map<String, TaskHandler> byName, TaskHandler fallback) {
    this.byName = byName;
    this.fallback = fallback;
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
    var fallback =
        sorted.stream()
            .filter(TaskHandler::answersText)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no handler answers plain texts"));
    return new Handlers(Map.copyOf(byName), fallback);
  }

  private static boolean shipped(TaskHandler handler, Module ours) {
    return !(handler instanceof Exec) && handler.getClass().getModule() == ours;
  }

  TaskHandler forTask(Task task) {
    return byName.getOrDefault(task.command(), fallback);
  }

  /// {@return the names, for a log line}
  List<String> names() {
    return byName.keySet().stream().sorted().toList();
  }
}
