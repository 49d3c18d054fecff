package tg.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What only our queue is asked for: fair groups, a long backlog, many jobs in flight.
final class OwnFigures {
  private static final int GROUPS = 1_000;
  private static final int ROUNDS = 3;
  private static final int SHORT = 1_000;
  private static final int LONG = 1_000_000;
  private static final int BACKLOG_ROUNDS = 30;
  private static final int SLEEPERS = 10_000;
  private static final int SLEEP_MILLIS = 2_000;

  private OwnFigures() {}

  static void measure(Contest contest, Figures figures, int jobs) throws IOException {
    groups(contest, figures, jobs);
    growth(contest, figures);
  }

  private static void groups(Contest contest, Figures figures, int jobs) throws IOException {
    var micros = new ArrayList<Double>();
    for (int i = 0; i < ROUNDS; i++) {
      contest.clear();
      micros.add(contest.cost("groups " + jobs + " " + GROUPS).valkeyMicros() / jobs);
    }
    figures.put(QueueSystem.TG, Figure.GROUPS_CPU, Contest.median(micros));
  }

  /// Claims and settles a thousand jobs, over and over, by a worker that starts and drains each
  /// time; what its start and end cost is taken off.
  private static void growth(Contest contest, Figures figures) throws IOException {
    contest.clear();
    var idle = new ArrayList<Double>();
    var few = new ArrayList<Double>();
    var many = new ArrayList<Double>();
    for (int i = 0; i < BACKLOG_ROUNDS; i++) {
      idle.add(contest.cost("process 0").valkeyMicros());
    }
    double overhead = Contest.median(idle);
    for (int i = 0; i < BACKLOG_ROUNDS; i++) {
      contest.cost("enqueue " + SHORT);
      few.add(perJob(contest.cost("process " + SHORT), overhead));
    }
    contest.cost("enqueue " + LONG);
    for (int i = 0; i < BACKLOG_ROUNDS; i++) {
      many.add(perJob(contest.cost("process " + SHORT), overhead));
    }
    contest.clear();
    figures.put(QueueSystem.TG, Figure.GROWTH, Contest.median(many) / Contest.median(few));
  }

  private static double perJob(Contest.Cost cost, double overhead) {
    return (cost.valkeyMicros() - overhead) / cost.answer().get(1);
  }

  /// A process of its own, with the memory that a small worker has.
  static void inFlight(Figures figures, Path folder) throws IOException {
    var command = QueueSystem.ours(List.of("-XX:+UseSerialGC", "-Xmx128m"));
    try (var server = Contest.server(folder.resolve("sleepers"));
        var client = ClientProcess.start(command, server.port())) {
      client.tell("flow " + SLEEPERS); // warm-up
      var answer = client.tell("sleepers " + SLEEPERS + " " + SLEEP_MILLIS);
      figures.put(QueueSystem.TG, Figure.IN_FLIGHT_RSS, answer.get(1));
      figures.put(QueueSystem.TG, Figure.IN_FLIGHT_TIME, answer.get(0) * 1_000 / SLEEP_MILLIS);
    }
  }
}
