package tg.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// In which order a worker serves its queues: always as they were named, or by weights. Then the
/// one comes first that got least for its weight so far; one that had nothing to offer saves
/// nothing up. Confined to one thread.
final class ServingOrder {
  private final List<String> queues;
  private final Map<String, Integer> weights;
  private final Map<String, Double> served = new HashMap<>();
  private List<String> latest;

  /// @param weights none for the order as named; else those that are not in it have a weight of 1
  ServingOrder(List<String> queues, Map<String, Integer> weights) {
    this.queues = queues;
    this.weights = weights;
    this.latest = queues;
  }

  List<String> next() {
    if (!weights.isEmpty()) {
      var order = new ArrayList<>(queues);
      order.sort(Comparator.comparingDouble(this::served));
      latest = List.copyOf(order);
    }
    return latest;
  }

  /// Says what was claimed in the order given last.
  ///
  /// @param want how many jobs could have been
  void claimed(List<Job> jobs, int want) {
    if (weights.isEmpty() || jobs.isEmpty()) {
      return;
    }
    var counts = new HashMap<String, Integer>();
    jobs.forEach(job -> counts.merge(job.queue(), 1, Integer::sum));
    double now = counts.keySet().stream().mapToDouble(this::served).min().orElseThrow();
    int last = jobs.size() < want ? latest.size() : latest.indexOf(jobs.getLast().queue());
    for (var queue : latest.subList(0, last)) {
      if (!counts.containsKey(queue)) {
        served.merge(queue, now, Math::max);
      }
    }
    counts.forEach((queue, count) ->
        served.merge(queue, (double) count / weights.getOrDefault(queue, 1), Double::sum));
  }

  private double served(String queue) {
    return served.getOrDefault(queue, 0.0);
  }
}
