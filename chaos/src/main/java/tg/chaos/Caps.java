package tg.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/// Whether more jobs of a group were owned at one instant than its cap. Seen from two sides, both
/// of which never blame wrongly:
///
/// - the store's: a look at all running jobs in one atomic step. An attempt of a worker that is
///   dead or stopped counts until its lease has ended and it was taken back, for so long does it
///   own its job.
/// - the handlers': an attempt whose end was accepted owned its job at that end, and at its start,
///   and never lost it in between. Attempts whose end was not accepted are left out: from inside
///   nobody can tell how long they were right.
final class Caps {
  private Caps() {}

  /// A handler's run, from start to end.
  record Run(String group, long from, long to) {}

  private record Edge(String group, long at, int step) {}

  static void report(Report.Builder report, int cap, List<Entry.Sampled> samples, List<Run> runs) {
    var seen =
        samples.stream()
            .filter(sample -> sample.running() > cap)
            .map(sample -> sample.group() + " had " + sample.running() + " at " + sample.at())
            .toList();
    report
        .count("looks at all running jobs at one instant", samples.size())
        .count("most jobs of a group seen at once", most(samples))
        .zero("cap of a group exceeded, as the store saw it", seen)
        .zero("cap of a group exceeded, as the handlers saw it", exceeded(cap, runs));
  }

  private static long most(List<Entry.Sampled> samples) {
    return samples.stream().mapToInt(Entry.Sampled::running).max().orElse(0);
  }

  private static List<String> exceeded(int cap, List<Run> runs) {
    var edges = new ArrayList<Edge>();
    for (var run : runs) {
      edges.add(new Edge(run.group, run.from, 1));
      edges.add(new Edge(run.group, run.to, -1));
    }
    // Of two at one instant the end comes first.
    edges.sort(Comparator.comparingLong(Edge::at).thenComparingInt(Edge::step));
    var running = new HashMap<String, Integer>();
    var list = new ArrayList<String>();
    for (var edge : edges) {
      int now = running.merge(edge.group, edge.step, Integer::sum);
      if (edge.step > 0 && now > cap) {
        list.add(edge.group + " had " + now + " at " + edge.at);
      }
    }
    return list;
  }
}
