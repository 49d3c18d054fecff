package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A namespace that is spread over several partitions. What is atomic in one partition is atomic
/// here; what concerns several is taken from one to the others by a {@link Relay}. Thread-safe.
final class PartitionedStore implements Store {
  private static final long RELAY_MILLIS = 250;

  private final Routes routes;
  private final List<Partition> partitions;
  private final List<Relay> relays;
  private final Parts parts;

  PartitionedStore(Routes routes, List<? extends Partition> partitions) {
    this.routes = routes;
    this.partitions = List.copyOf(partitions);
    this.relays =
        IntStream.range(0, partitions.size()).mapToObj(i -> new Relay(i, partitions)).toList();
    this.parts =
        new Parts(
            new PartitionedSchedules(routes, this),
            new PartitionedEvents(partitions),
            new PartitionedCrew(partitions),
            new PartitionedRules(routes, partitions),
            new PartitionedNotes(routes, partitions),
            new PartitionedSweeps(partitions));
  }

  @Override
  public List<Partition> partitions() {
    return partitions;
  }

  @Override
  public void forward(int partition) {
    var _ = relays.get(partition).ask();
  }

  /// All or nothing, by one step in one partition: that of the once-key, or of the first job.
  @Override
  public Admission add(List<Ticket> tickets, @Nullable Once once, Durability durability) {
    int home =
        once != null
            ? routes.of(once.key())
            : tickets.isEmpty() ? 0 : routes.of(tickets.getFirst());
    for (var ticket : tickets) {
      if (routes.of(ticket) != home
          && ticket.job().unique().filter(Unique::isRejecting).isPresent()) {
        throw new QueueException.Apart(
            ticket.id() + " is to be refused when its key is held, together with others");
      }
    }
    var admission = partitions.get(home).add(tickets, once, durability);
    boolean accepted = admission instanceof Admission.Accepted;
    if (accepted && tickets.stream().anyMatch(ticket -> routes.of(ticket) != home)) {
      var relay = relays.get(home);
      relay.await(relay.ask(), RELAY_MILLIS);
    }
    return admission;
  }

  @Override
  public Counts counts(String queue) {
    return partitions.stream()
        .map(partition -> partition.counts(queue))
        .reduce(Counts::plus)
        .orElseThrow();
  }

  @Override
  public Counts counts(String queue, String group) {
    return partitions.get(routes.of(group)).counts(queue, group);
  }

  @Override
  public Figures figures(String queue) {
    return partitions.stream()
        .map(partition -> partition.figures(queue))
        .reduce(Figures::plus)
        .orElseThrow();
  }

  @Override
  public Verification verify(String queue) {
    return partitions.stream()
        .map(partition -> partition.verify(queue))
        .reduce(Verification::plus)
        .orElseThrow();
  }

  @Override
  public Optional<JobInfo> find(String queue, JobId id) {
    return first(id, partition -> partition.find(queue, id), Optional::isPresent);
  }

  @Override
  public boolean await(JobRef job, Duration atMost) throws InterruptedException {
    for (var partition : partitions) {
      if (partition.find(job.queue(), job.id()).isPresent()) {
        return partition.await(job, atMost);
      }
    }
    return partitions.get(routes.of(job.id().value())).await(job, atMost);
  }

  @Override
  public Cancellation cancel(String queue, JobId id) {
    return first(
        id, partition -> partition.cancel(queue, id), answer -> answer != Cancellation.TOO_LATE);
  }

  @Override
  public boolean requeue(String queue, JobId id) {
    return first(id, partition -> partition.requeue(queue, id), done -> done);
  }

  @Override
  public boolean delete(String queue, JobId id) {
    return first(id, partition -> partition.delete(queue, id), done -> done);
  }

  /// The id leads to its partition, unless somebody named a job that is in a group.
  private <T> T first(JobId id, Function<Partition, T> question, Predicate<T> enough) {
    int guess = routes.of(id.value());
    var answer = question.apply(partitions.get(guess));
    for (int i = 0; i < partitions.size() && !enough.test(answer); i++) {
      if (i != guess) {
        answer = question.apply(partitions.get(i));
      }
    }
    return answer;
  }

  /// Scheduled jobs by due time over all; of the rest, one partition after the other.
  @Override
  public List<JobInfo> list(String queue, Registry registry, int offset, int limit) {
    if (registry == Registry.SCHEDULED) {
      return partitions.stream()
          .flatMap(partition -> partition.list(queue, registry, 0, offset + limit).stream())
          .sorted(Comparator.comparing(PartitionedStore::due))
          .skip(offset)
          .limit(limit)
          .toList();
    }
    var page = new ArrayList<JobInfo>();
    long skip = offset;
    for (var partition : partitions) {
      if (page.size() < limit) {
        long size = skip == 0 ? Long.MAX_VALUE : partition.counts(queue).of(registry);
        if (size > skip) {
          page.addAll(partition.list(queue, registry, (int) skip, limit - page.size()));
        }
        skip = Math.max(0, skip - size);
      }
    }
    return page;
  }

  private static Instant due(JobInfo info) {
    return info.state() instanceof JobState.Scheduled(var at) ? at : Instant.MIN;
  }

  @Override
  public OptionalLong acquire(String lease, String holder, Duration time) {
    return partitions.get(routes.of(lease)).acquire(lease, holder, time);
  }

  @Override
  public boolean extend(String lease, long token, Duration time) {
    return partitions.get(routes.of(lease)).extend(lease, token, time);
  }

  @Override
  public void release(String lease, long token) {
    partitions.get(routes.of(lease)).release(lease, token);
  }

  @Override
  public Parts parts() {
    return parts;
  }

  /// Asks all, one after the other.
  @Override
  public Duration ping() {
    return partitions.stream().map(Partition::ping).max(Comparator.naturalOrder()).orElseThrow();
  }

  @Override
  public String server() {
    return partitions.getFirst().server() + ", " + partitions.size() + " partitions";
  }

  @Override
  public void close() {
    partitions.forEach(Partition::close);
  }
}
