package tg.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The schedules of a namespace that is spread over partitions: each is in the partition of its
/// name. Thread-safe.
final class PartitionedSchedules implements ScheduleStore {
  private final Routes routes;
  private final Store store;

  PartitionedSchedules(Routes routes, Store store) {
    this.routes = routes;
    this.store = store;
  }

  private ScheduleStore home(String name) {
    return store.partitions().get(routes.of(name)).parts().schedules();
  }

  private List<ScheduleStore> all() {
    return store.partitions().stream().map(partition -> partition.parts().schedules()).toList();
  }

  @Override
  public boolean put(String name, String definition, Instant next) {
    return home(name).put(name, definition, next);
  }

  @Override
  public boolean remove(String name) {
    return home(name).remove(name);
  }

  @Override
  public boolean pause(String name) {
    return home(name).pause(name);
  }

  @Override
  public boolean resume(String name, Instant next) {
    return home(name).resume(name, next);
  }

  /// The clock is the last one's: servers of a cluster should agree on the time.
  @Override
  public Page list() {
    var now = Instant.EPOCH;
    var entries = new ArrayList<Entry>();
    for (var part : all()) {
      var page = part.list();
      now = page.now();
      entries.addAll(page.entries());
    }
    entries.sort(Comparator.comparing(Entry::name));
    return new Page(now, List.copyOf(entries));
  }

  @Override
  public Due due() {
    var now = Instant.EPOCH;
    var entries = new ArrayList<Entry>();
    Instant next = null;
    for (var part : all()) {
      var due = part.due();
      now = due.now();
      entries.addAll(due.entries());
      next = earlier(next, due.next());
    }
    return new Due(now, List.copyOf(entries), next);
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    return a == null || (b != null && b.isBefore(a)) ? b : a;
  }

  @Override
  public boolean tick(Tick tick) {
    int home = routes.of(tick.entry().name());
    boolean did = store.partitions().get(home).parts().schedules().tick(tick);
    if (did) {
      store.forward(home);
    }
    return did;
  }
}
