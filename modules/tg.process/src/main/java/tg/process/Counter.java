package tg.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// A metric that only grows, with a sample for each combination of its labels' values. Thread-safe.
/// Label values must be few: each is kept until the process ends.
public final class Counter {
  private final String name;
  private final String help;
  private final List<String> labels;
  private final Map<String, Sample> samples = new ConcurrentSkipListMap<>();

  private record Sample(List<String> labels, LongAdder value) {}

  /// Names it.
  ///
  /// @param name ends in `_total`
  /// @param labels the labels' names
  public Counter(String name, String help, String... labels) {
    this.name = name;
    this.help = help;
    this.labels = List.of(labels);
  }

  /// Counts one more.
  ///
  /// @param values of the labels, in their order
  public void count(String... values) {
    samples
        .computeIfAbsent(
            String.join("\0", values), key -> new Sample(named(values), new LongAdder()))
        .value
        .increment();
  }

  private List<String> named(String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(name + " has the labels " + labels);
    }
    var named = new ArrayList<String>();
    for (int i = 0; i < values.length; i++) {
      named.add(labels.get(i));
      named.add(values[i]);
    }
    return List.copyOf(named);
  }

  /// Writes it.
  public void write(Exposition out) {
    out.metric(name, "counter", help);
    samples
        .values()
        .forEach(one -> out.sample(name, one.value.sum(), one.labels.toArray(String[]::new)));
  }
}
