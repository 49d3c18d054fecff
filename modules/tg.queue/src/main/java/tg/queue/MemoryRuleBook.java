package tg.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of all queues of a {@link MemoryStore}.
final class MemoryRuleBook implements RuleStore {
  private final MemoryStore store;

  MemoryRuleBook(MemoryStore store) {
    this.store = store;
  }

  @Override
  public void limit(String queue, QueueLimits limits) {
    change(() -> rules(queue).limit(limits));
  }

  @Override
  public void limit(String queue, String groups, @Nullable GroupLimits limits) {
    change(() -> rules(queue).limit(groups, limits));
  }

  @Override
  public QueueLimits limits(String queue) {
    return store.atomically(() -> rules(queue).limits());
  }

  @Override
  public Map<String, GroupLimits> groupLimits(String queue) {
    return store.atomically(() -> rules(queue).groups());
  }

  @Override
  public void close(String queue, String group, @Nullable Duration time) {
    change(() -> rules(queue).close(group, time, store.now()));
  }

  @Override
  public void open(String queue, String group) {
    change(() -> rules(queue).open(group));
  }

  @Override
  public Optional<Instant> closedUntil(String queue, String group) {
    return store.atomically(() -> {
      var now = store.now();
      return rules(queue).closedUntil(group, now).or(() -> rules(queue).opens(group, now));
    });
  }

  private MemoryRules rules(String queue) {
    return store.queue(queue, store.now()).rules();
  }

  private void change(Runnable step) {
    store.atomically(() -> {
      step.run();
      return null;
    });
  }
}
