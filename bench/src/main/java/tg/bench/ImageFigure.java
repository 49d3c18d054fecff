package tg.bench;

/// What is measured of the images, what it must be, and what would be better.
enum ImageFigure {
  BOT_PULLED("bot", "pulled_mib", "MiB", 20, 16),
  WORKER_PULLED("worker", "pulled_mib", "MiB", 20, 16),
  BOTH_PULLED("both", "pulled_mib", "MiB", 26, 20),
  BOT_START("bot", "start_ms", "ms", 350, 200),
  WORKER_START("worker", "start_ms", "ms", 250, 130),
  BOT_IDLE("bot", "rss_idle_mib", "MiB", 64, 48),
  WORKER_IDLE("worker", "rss_idle_mib", "MiB", 48, 38),
  WORKER_LOADED("worker", "rss_loaded_mib", "MiB", 110, 72),
  POD_FIRST("pod", "first_answer_ms", "ms", 3000, 1500);

  private final String system;
  private final String label;
  private final String unit;
  private final double must;
  private final double better;

  ImageFigure(String system, String label, String unit, double must, double better) {
    this.system = system;
    this.label = label;
    this.unit = unit;
    this.must = must;
    this.better = better;
  }

  String row(double value) {
    return "{\"system\":\"%s\",\"figure\":\"%s\",\"value\":%s,\"unit\":\"%s\"}"
        .formatted(system, label, Figures.number(value), unit);
  }

  /// {@return a line: the value, the limits, and whether they are kept}
  String verdict(double value) {
    var verdict =
        value > must
            ? "MISSED by %.0f %%".formatted(100 * (value / must - 1))
            : value > better ? "met, better not met" : "met, better met";
    return "%-8s%-18s%8.1f %-4s must ≤ %-5.0f better ≤ %-5.0f %s"
        .formatted(system, label, value, unit, must, better, verdict);
  }
}
