package tg.chaos;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// One line of a history: what a process saw or did, and when. Instants are nanoseconds of the
/// machine's monotonic clock, which all processes share.
sealed interface Entry {
  /// {@return when, in nanoseconds}
  long at();

  /// A producer is about to enqueue.
  ///
  /// @param work what the handler will do, see {@link Work}
  /// @param group the group, or empty
  record Asked(long at, String who, String uid, String work, String group) implements Entry {}

  /// A producer has heard.
  ///
  /// @param answer `accepted`; `repeated`: accepted before; `replicated`: either, and a replica has
  ///   it; `refused`: surely not done; `unknown`
  /// @param id the job's id, if it was told
  record Answered(long at, String who, String uid, String answer, String id) implements Entry {}

  /// A handler begins.
  ///
  /// @param failures the attempts before it that the store counts as failed
  record Started(
      long at, String who, String uid, String id, long attempt, int failures, String group)
      implements Entry {}

  /// A handler is about to return.
  record Ended(long at, String who, String uid, long attempt) implements Entry {}

  /// Something was broken, from now on.
  ///
  /// @param target the process, or `all`
  record Struck(long at, String kind, String target) implements Entry {}

  /// It works again, from now on.
  record Healed(long at, String kind, String target) implements Entry {}

  /// The driver looked at all running jobs at once.
  ///
  /// @param group the one with the most running jobs
  /// @param running how many
  record Sampled(long at, String group, int running) implements Entry {}

  /// The driver found an ended job in the store, after the drain.
  record Settled(
      long at, String uid, String id, String state, long attempt, int failures, int crashes)
      implements Entry {}

  /// The driver found jobs in a queue that have not ended, after the drain.
  record Unfinished(long at, String queue, long jobs) implements Entry {}

  /// The driver found something in a queue that does not fit, after the drain.
  ///
  /// @param what what and where, in words
  record Misfit(long at, String queue, String what) implements Entry {}

  /// The driver found a key in the store, after the drain.
  ///
  /// @param millis until it ends by itself; -1 when it never does
  record Left(long at, String key, long millis) implements Entry {}

  /// A process ended that nobody had killed or stopped.
  record Died(long at, String who, int code) implements Entry {}

  /// {@return the entry as one line}
  default String line() {
    return getClass().getSimpleName()
        + Arrays.stream(getClass().getRecordComponents())
            .map(component -> "\t" + value(component))
            .collect(Collectors.joining())
        + "\n";
  }

  private Object value(RecordComponent component) {
    try {
      return component.getAccessor().invoke(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Reads what {@link #line} wrote, without the end of the line.
  static Entry read(String line) {
    var words = line.split("\t", -1);
    for (var type : Entry.class.getPermittedSubclasses()) {
      if (type.getSimpleName().equals(words[0])) {
        return read(type, words);
      }
    }
    throw new IllegalArgumentException("no entry of a history: " + line);
  }

  private static Entry read(Class<?> type, String[] words) {
    var types = new ArrayList<Class<?>>();
    var values = new ArrayList<Object>();
    for (var component : type.getRecordComponents()) {
      types.add(component.getType());
      var word = words[types.size()];
      values.add(
          component.getType() == long.class
              ? (Object) Long.parseLong(word)
              : component.getType() == int.class ? (Object) Integer.parseInt(word) : word);
    }
    try {
      return (Entry)
          type.getDeclaredConstructor(types.toArray(Class<?>[]::new)).newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no entry of a history: " + List.of(words), e);
    }
  }
}
