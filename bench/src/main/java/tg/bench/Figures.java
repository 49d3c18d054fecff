package tg.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// What was measured, of each system. Confined to one thread at a time.
final class Figures {
  private final Map<QueueSystem, Map<Figure, Double>> values = new EnumMap<>(QueueSystem.class);

  void put(QueueSystem system, Figure figure, double value) {
    values.computeIfAbsent(system, key -> new EnumMap<>(Figure.class)).put(figure, value);
    System.err.printf("  %s %s %s%n", system.label(), figure.label(), figure.text(value));
  }

  OptionalDouble get(QueueSystem system, Figure figure) {
    var value = values.getOrDefault(system, Map.of()).get(figure);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  Set<QueueSystem> systems() {
    return values.keySet();
  }

  /// {@return a line for each figure; beside each peer's value, ours divided by it}
  String table() {
    var text = new StringBuilder(String.format("%-26s", ""));
    systems().forEach(system -> text.append(String.format("%20s", system.label())));
    for (var figure : Figure.values()) {
      text.append(String.format("%n%-26s", figure.label()));
      systems().forEach(system -> text.append(String.format("%20s", cell(system, figure))));
    }
    return text.toString();
  }

  private String cell(QueueSystem system, Figure figure) {
    var value = get(system, figure);
    if (value.isEmpty()) {
      return "-";
    }
    var ours = get(QueueSystem.TG, figure);
    var ratio =
        system == QueueSystem.TG || ours.isEmpty()
            ? ""
            : String.format(Locale.ROOT, " (%.3g×)", ours.getAsDouble() / value.getAsDouble());
    return figure.text(value.getAsDouble()) + ratio;
  }

  /// {@return all as JSON}
  String json() {
    var rows = new StringBuilder();
    values.forEach((system, figures) ->
        figures.forEach((figure, value) ->
            rows.append(rows.isEmpty() ? "" : ",")
                .append("\n  {\"system\":\"" + system.label())
                .append("\",\"figure\":\"" + figure.label())
                .append("\",\"value\":" + number(value))
                .append(",\"unit\":\"" + figure.unit() + "\"}")));
    return "{\"rows\":[" + rows + "\n]}\n";
  }

  static String number(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(4)).toPlainString();
  }
}
