package tg.process;

import java.util.List;
import java.util.stream.Stream;

/// How a running program is doing, for health checks and metrics. Thread-safe.
public interface Vitals {
  /// {@return what is broken so that only a restart mends it; empty while the program is alive}
  List<String> faults();

  /// {@return why it does not do its work now; empty when it is ready}
  List<String> obstacles();

  /// Writes its numbers.
  void measure(Exposition out);

  /// {@return both of two programs in one process}
  static Vitals both(Vitals one, Vitals other) {
    return new Vitals() {
      @Override
      public List<String> faults() {
        return join(one.faults(), other.faults());
      }

      @Override
      public List<String> obstacles() {
        return join(one.obstacles(), other.obstacles());
      }

      @Override
      public void measure(Exposition out) {
        one.measure(out);
        other.measure(out);
      }
    };
  }

  private static List<String> join(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }
}
