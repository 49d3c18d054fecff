package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The workers of a namespace, in all processes. One that dies is gone from here when its lease is
/// over. Thread-safe.
public final class Workers {
  private final Queues queues;

  Workers(Queues queues) {
    this.queues = queues;
  }

  /// {@return the workers that are alive; one that has just started may be missing for a moment}
  public List<WorkerInfo> list() {
    var all = new LinkedHashMap<String, WorkerInfo>();
    for (var member : queues.store().parts().crew().list()) {
      if (!member.about().isEmpty()) {
        var info = info(member);
        all.merge(info.id(), info, WorkerInfo::plus);
      }
    }
    return List.copyOf(all.values());
  }

  /// {@return the worker of that id, if it is alive}
  public Optional<WorkerInfo> find(String id) {
    return list().stream().filter(info -> info.id().equals(id)).findFirst();
  }

  /// Asks a worker, wherever it runs, to drain, as {@link Worker#drain} does. It hears of it within
  /// 5 seconds, or half its lease if that is shorter.
  ///
  /// @param deadline for the jobs it runs, zero to a day
  /// @return whether it is alive
  public boolean drain(String id, Duration deadline) {
    Settings.within("deadline", deadline, Duration.ZERO, Duration.ofDays(1));
    return queues.store().parts().crew().drain(Names.check("worker", id), deadline);
  }

  /// Lets a worker, wherever it runs, start nothing until it is resumed; what it runs goes on.
  /// Holds from its next claim on, and as long as it lives, through losses of its lease and
  /// restarts of the server.
  ///
  /// @return whether it is alive
  public boolean pause(String id) {
    return queues.store().parts().crew().pause(Names.check("worker", id), null);
  }

  /// Lets a worker start nothing for a time.
  ///
  /// @param time 1 millisecond to 365 days
  /// @return whether it is alive
  public boolean pause(String id, Duration time) {
    Settings.within("pause", time, Duration.ofMillis(1), Duration.ofDays(365));
    return queues.store().parts().crew().pause(Names.check("worker", id), time);
  }

  /// Lets a worker start jobs again, at once.
  ///
  /// @return whether it is alive
  public boolean resume(String id) {
    return queues.store().parts().crew().resume(Names.check("worker", id));
  }

  private static WorkerInfo info(CrewStore.Member member) {
    var words = Words.read(member.about());
    var since = Instant.ofEpochMilli(number(words, "since"));
    var place =
        new WorkerInfo.Place(
            words.getOrDefault("host", ""),
            number(words, "pid"),
            words.getOrDefault("version", ""),
            since);
    var load =
        new WorkerInfo.Load(
            member.running(),
            number(words, "done"),
            number(words, "failed"),
            Double.parseDouble(words.getOrDefault("rate", "0")));
    return new WorkerInfo(
        member.worker(),
        place,
        List.of(words.getOrDefault("queues", "").split(" ", -1)),
        (int) number(words, "concurrency"),
        load,
        member.pausedUntil());
  }

  private static long number(Map<String, String> words, String name) {
    return Long.parseLong(words.getOrDefault(name, "0"));
  }
}
