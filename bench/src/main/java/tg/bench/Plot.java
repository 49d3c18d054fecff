package tg.bench;

import java.util.List;
import java.util.Locale;

/// Bars, as SVG.
final class Plot {
  private static final List<Figure> SHOWN =
      List.of(Figure.END_TO_END, Figure.VALKEY_CPU, Figure.CLIENT_CPU, Figure.START_P50);
  private static final int WIDTH = 640;
  private static final int LEFT = 90;
  private static final int LONGEST = 430;
  private static final int ROW = 24;
  private static final int HEADING = 40;

  private final Figures figures;
  private final StringBuilder text = new StringBuilder();
  private int y;

  private Plot(Figures figures) {
    this.figures = figures;
  }

  /// {@return a picture of the figures that all systems have, one group of bars each}
  static String of(Figures figures) {
    var plot = new Plot(figures);
    SHOWN.forEach(plot::draw);
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
        <rect width="100%%" height="100%%" fill="#fff"/>
        %s</svg>
        """,
        WIDTH,
        plot.y + ROW / 2,
        plot.text);
  }

  private void draw(Figure figure) {
    double most =
        figures.systems().stream()
            .mapToDouble(system -> figures.get(system, figure).orElse(0))
            .max()
            .orElse(1);
    y += HEADING;
    add(
        "<text x=\"8\" y=\"%d\" font-weight=\"bold\">%s, %s</text>"
            .formatted(y - 10, figure.label(), figure.unit()));
    for (var system : figures.systems()) {
      double value = figures.get(system, figure).orElse(0);
      int length = (int) Math.max(1, LONGEST * value / most);
      var color = system == QueueSystem.TG ? "#1f77b4" : "#aab4bd";
      add(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
              .formatted(LEFT - 8, y + 15, system.label()));
      add(
          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"18\" fill=\"%s\"/>"
              .formatted(LEFT, y + 1, length, color));
      add(
          "<text x=\"%d\" y=\"%d\">%s</text>"
              .formatted(LEFT + length + 6, y + 15, figure.text(value)));
      y += ROW;
    }
  }

  private void add(String line) {
    text.append(line).append('\n');
  }
}
