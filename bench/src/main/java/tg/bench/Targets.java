package tg.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// What the figures must be, what would be better, and whether they are. Confined to one thread at
/// a time.
final class Targets {
  private final Figures figures;
  private final List<String> lines = new ArrayList<>();

  private Targets(Figures figures) {
    this.figures = figures;
  }

  /// {@return a line for each target whose figures were measured}
  static List<String> lines(Figures figures) {
    var targets = new Targets(figures);
    targets.faster(QueueSystem.BULLMQ, 8, 16);
    targets.faster(QueueSystem.SIDEKIQ, 8, 16);
    targets.faster(QueueSystem.RQ, 100, 200);
    targets.ours(Figure.VALKEY_CPU, 10, 7);
    targets.ours(Figure.CLIENT_CPU, 15, 8);
    targets.ours(Figure.GROUPS_CPU, 13, 9);
    targets.ours(Figure.START_P50, 0.5, 0.5);
    targets.ours(Figure.START_P99, 5, 5);
    for (var figure : List.of(Figure.START_P50, Figure.START_P99)) {
      for (var peer : List.of(QueueSystem.BULLMQ, QueueSystem.SIDEKIQ, QueueSystem.RQ)) {
        var theirs = figures.get(peer, figure);
        theirs.ifPresent(value -> targets.ours(figure, value, value, " of " + peer.label()));
      }
    }
    targets.ours(Figure.BYTES, 250, 250);
    targets.ours(Figure.GROWTH, 1.2, 1.05);
    targets.ours(Figure.IN_FLIGHT_RSS, 256, 256);
    targets.ours(Figure.IN_FLIGHT_TIME, 1.2, 1.2);
    return targets.lines;
  }

  private void faster(QueueSystem peer, double must, double better) {
    var ours = figures.get(QueueSystem.TG, Figure.END_TO_END);
    var theirs = figures.get(peer, Figure.END_TO_END);
    if (ours.isPresent() && theirs.isPresent()) {
      double ratio = ours.getAsDouble() / theirs.getAsDouble();
      var what = "end to end, times " + peer.label();
      line(what, "≥", ratio, new double[] {must, better}, ratio / must, ratio >= better);
    }
  }

  private void ours(Figure figure, double must, double better) {
    ours(figure, must, better, "");
  }

  private void ours(Figure figure, double must, double better, String whose) {
    OptionalDouble ours = figures.get(QueueSystem.TG, figure);
    if (ours.isPresent()) {
      double value = ours.getAsDouble();
      var limits = new double[] {must, better};
      line(figure.label() + whose, "≤", value, limits, must / value, value <= better);
    }
  }

  /// @param slack how many times better than it must be; below 1 it is missed
  private void line(
      String what, String sign, double value, double[] limits, double slack, boolean best) {
    var verdict = "met, better met";
    if (slack < 1) {
      verdict = String.format(Locale.ROOT, "MISSED by %.0f %%", 100 * (1 / slack - 1));
    } else if (!best) {
      verdict = "met, better not met";
    }
    var limit = String.format(Locale.ROOT, "must %s %.3g, better %.3g", sign, limits[0], limits[1]);
    lines.add(String.format(Locale.ROOT, "%-36s %8.3g  %-28s %s", what, value, limit, verdict));
  }
}
