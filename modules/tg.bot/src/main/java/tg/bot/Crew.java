package tg.bot;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import tg.queue.WorkerInfo;
import tg.text.Voice;

/// The workers of all processes, as an admin sees them. Immutable.
///
/// @param workers that are alive
record Crew(List<WorkerInfo> workers) {
  private record Where(String host, long pid) {}

  /// {@return how many jobs of a queue end in a second, of late}
  String perSecond(String queue) {
    return number(
        workers.stream()
            .filter(worker -> worker.queues().contains(queue))
            .mapToDouble(worker -> worker.load().perSecond())
            .sum());
  }

  private static String number(double perSecond) {
    return String.format(Locale.ROOT, "%.1f", perSecond);
  }

  /// {@return a paragraph for each process, with a line for what it serves}
  String inWords(Voice<Phrase> voice) {
    if (workers.isEmpty()) {
      return voice.say(Phrase.WORKERS_NONE);
    }
    var processes = new LinkedHashMap<Where, List<WorkerInfo>>();
    for (var worker : workers) {
      var where = new Where(worker.place().host(), worker.place().pid());
      processes.computeIfAbsent(where, key -> new ArrayList<>()).add(worker);
    }
    var lines = new ArrayList<String>();
    processes.forEach((where, members) -> {
      var since = members.getFirst().place().since();
      long minutes = Duration.between(since, InstantSource.system().instant()).toMinutes();
      var version = members.getFirst().place().version();
      lines.add(
          voice.say(
              Phrase.WORKERS_PROCESS,
              where.host,
              Long.toString(where.pid),
              version.isEmpty() ? "?" : version,
              Math.max(0, minutes)));
      members.forEach(member -> lines.add(line(member, voice)));
    });
    return String.join("\n", lines);
  }

  private static String line(WorkerInfo worker, Voice<Phrase> voice) {
    var load = worker.load();
    return voice.say(
        Phrase.WORKERS_LINE,
        String.join(", ", worker.queues()),
        load.running(),
        worker.concurrency(),
        number(load.perSecond()),
        load.done(),
        load.failed());
  }
}
