package tg.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// How long things took, by the value of one label. Thread-safe.
public final class Histogram {
  private static final List<Double> BOUNDS =
      List.of(0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

  private final String name;
  private final String help;
  private final String label;
  private final Map<String, Series> series = new ConcurrentSkipListMap<>();

  private static final class Series {
    private final List<LongAdder> buckets = BOUNDS.stream().map(bound -> new LongAdder()).toList();
    private final LongAdder above = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void add(Duration took) {
      double seconds = took.toNanos() / 1e9;
      int i = 0;
      while (i < BOUNDS.size() && seconds > BOUNDS.get(i)) {
        i++;
      }
      (i < BOUNDS.size() ? buckets.get(i) : above).increment();
      nanos.add(took.toNanos());
    }
  }

  /// Names it.
  ///
  /// @param name ends in `_seconds`
  public Histogram(String name, String help, String label) {
    this.name = name;
    this.help = help;
    this.label = label;
  }

  /// Adds one.
  public void add(String value, Duration took) {
    series.computeIfAbsent(value, key -> new Series()).add(took);
  }

  /// Writes it.
  public void write(Exposition out) {
    out.metric(name, "histogram", help);
    series.forEach((value, one) -> {
      long sum = 0;
      for (int i = 0; i < BOUNDS.size(); i++) {
        sum += one.buckets.get(i).sum();
        out.sample(name + "_bucket", sum, label, value, "le", BOUNDS.get(i).toString());
      }
      sum += one.above.sum();
      out.sample(name + "_bucket", sum, label, value, "le", "+Inf");
      out.sample(name + "_sum", one.nanos.sum() / 1e9, label, value);
      out.sample(name + "_count", sum, label, value);
    });
  }
}
