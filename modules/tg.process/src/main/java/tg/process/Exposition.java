package tg.process;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/// Numbers in the text format of Prometheus, in the making. Confined to one thread at a time.
public final class Exposition {
  private final Map<String, StringBuilder> metrics = new LinkedHashMap<>();
  private StringBuilder text = new StringBuilder();
  private String program = "";

  /// Nothing is in it yet.
  public Exposition() {}

  /// Sets the label `program` of the samples that follow: two programs may share a process.
  ///
  /// @return this
  public Exposition program(String name) {
    program = name;
    return this;
  }

  /// Begins a metric; its samples follow.
  ///
  /// @param type `counter`, `gauge` or `histogram`
  /// @return this
  public Exposition metric(String name, String type, String help) {
    text = metrics.computeIfAbsent(name, key -> new StringBuilder(head(name, type, help)));
    return this;
  }

  private static String head(String name, String type, String help) {
    return "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
  }

  /// Adds a sample of the metric that was begun last.
  ///
  /// @param name the metric's, or with a suffix where the type asks for one
  /// @param labels names and values in turn
  /// @return this
  public Exposition sample(String name, Number value, String... labels) {
    text.append(name).append(program.isEmpty() && labels.length == 0 ? "" : "{");
    if (!program.isEmpty()) {
      text.append("program=\"").append(program).append(labels.length == 0 ? "\"" : "\",");
    }
    for (int i = 0; i < labels.length; i += 2) {
      text.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
      escape(labels[i + 1]);
      text.append('"');
    }
    text.append(program.isEmpty() && labels.length == 0 ? " " : "} ");
    text.append(number(value)).append('\n');
    return this;
  }

  /// Adds a gauge that has one sample.
  ///
  /// @return this
  public Exposition gauge(String name, String help, Number value) {
    return metric(name, "gauge", help).sample(name, value);
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
  }

  private static String number(Number value) {
    return new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
  }

  /// {@return what was written so far}
  @Override
  public String toString() {
    return String.join("", metrics.values());
  }
}
