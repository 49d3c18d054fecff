package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The limits of a namespace that is spread over partitions: the same in each, set in one after the
/// other. A limit of a group holds, as a group is in one partition; a rate of a whole queue would
/// not, and is refused; but a strict one is divided, so that all together never do more.
/// Thread-safe.
final class PartitionedRules implements RuleStore {
  private final Routes routes;
  private final List<? extends Partition> partitions;

  PartitionedRules(Routes routes, List<? extends Partition> partitions) {
    this.routes = routes;
    this.partitions = partitions;
  }

  private void all(Consumer<RuleStore> change) {
    partitions.forEach(partition -> change.accept(partition.parts().rules()));
  }

  private RuleStore of(String group) {
    return partitions.get(group.isEmpty() ? 0 : routes.of(group)).parts().rules();
  }

  @Override
  public void limit(String queue, QueueLimits limits) {
    var rate = limits.rate();
    int share = rate.map(whole -> whole.burst() / partitions.size()).orElse(1);
    if (rate.isPresent() && (!rate.get().strict() || share == 0)) {
      throw new QueueException.Apart("the rate of queue " + queue + " concerns all its jobs");
    }
    var each = rate.map(whole -> limits.rate(whole.burst(share))).orElse(limits);
    all(rules -> rules.limit(queue, each));
  }

  @Override
  public void limit(String queue, String groups, @Nullable GroupLimits limits) {
    all(rules -> rules.limit(queue, groups, limits));
  }

  @Override
  public QueueLimits limits(String queue) {
    var each = of("").limits(queue);
    return each.rate().map(share -> each.rate(share.burst(share.count()))).orElse(each);
  }

  @Override
  public Map<String, GroupLimits> groupLimits(String queue) {
    return of("").groupLimits(queue);
  }

  @Override
  public void close(String queue, String group, @Nullable Duration time) {
    if (group.isEmpty()) {
      all(rules -> rules.close(queue, group, time));
    } else {
      of(group).close(queue, group, time);
    }
  }

  @Override
  public void open(String queue, String group) {
    if (group.isEmpty()) {
      all(rules -> rules.open(queue, group));
    } else {
      of(group).open(queue, group);
    }
  }

  @Override
  public Optional<Instant> closedUntil(String queue, String group) {
    return of(group).closedUntil(queue, group);
  }
}
