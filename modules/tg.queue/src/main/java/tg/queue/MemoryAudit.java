package tg.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares the jobs that a {@link MemoryQueue} knows with those that are in its places.
final class MemoryAudit {
  private MemoryAudit() {}

  static Verification compare(Collection<MemoryJob> known, List<MemoryJob> places) {
    var counts =
        places.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    var differences = new ArrayList<Verification.Difference>();
    for (var job : known) {
      long in = counts.getOrDefault(job, 0L);
      if (in != 1) {
        var kind = in == 0 ? Verification.Kind.NOWHERE : Verification.Kind.TWICE;
        differences.add(difference(kind, job, in));
      }
      counts.remove(job);
    }
    counts.forEach(
        (job, in) -> differences.add(difference(Verification.Kind.WITHOUT_JOB, job, in)));
    long open = known.stream().filter(job -> !job.ended()).count();
    long groups =
        known.stream()
            .filter(job -> job.registry() == Registry.RUNNING)
            .map(MemoryJob::group)
            .filter(group -> !group.isEmpty())
            .distinct()
            .count();
    return new Verification(open, groups, differences);
  }

  private static Verification.Difference difference(
      Verification.Kind kind, MemoryJob job, long in) {
    return new Verification.Difference(
        kind, job.id.value(), job.registry() + ", in " + in + " places");
  }
}
