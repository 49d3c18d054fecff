package tg.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The workers of a namespace that is spread over partitions: a worker has an epoch in each.
/// Thread-safe.
final class PartitionedCrew implements CrewStore {
  private final List<? extends Partition> partitions;

  PartitionedCrew(List<? extends Partition> partitions) {
    this.partitions = partitions;
  }

  /// Only the partition of the epoch keeps it.
  @Override
  public Optional<Duration> report(String epoch, String about) {
    var asked = Optional.<Duration>empty();
    for (var partition : partitions) {
      asked = asked.or(() -> partition.parts().crew().report(epoch, about));
    }
    return asked;
  }

  @Override
  public List<Member> list() {
    return partitions.stream()
        .flatMap(partition -> partition.parts().crew().list().stream())
        .toList();
  }

  @Override
  public boolean drain(String worker, Duration deadline) {
    return each(crew -> crew.drain(worker, deadline));
  }

  @Override
  public boolean pause(String worker, @Nullable Duration time) {
    return each(crew -> crew.pause(worker, time));
  }

  @Override
  public boolean resume(String worker) {
    return each(crew -> crew.resume(worker));
  }

  private boolean each(Predicate<CrewStore> what) {
    boolean alive = false;
    for (var partition : partitions) {
      alive |= what.test(partition.parts().crew());
    }
    return alive;
  }

  @Override
  public List<JobInfo> overdue(String queue, Duration time, int limit) {
    var all = new ArrayList<JobInfo>();
    partitions.forEach(
        partition -> all.addAll(partition.parts().crew().overdue(queue, time, limit)));
    all.sort(
        Comparator.comparing(
            info -> info.state() instanceof JobState.Running running ? running.since() : null,
            Comparator.nullsLast(Comparator.naturalOrder())));
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }
}
