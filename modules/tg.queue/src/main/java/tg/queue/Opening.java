package tg.queue;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.function.Function;

/// Opens namespaces: one store, or one for each partition. Thread-safe.
final class Opening {
  private Opening() {}

  static Queues inMemory(
      Settings settings, Treatment treatment, InstantSource clock, Routes routes) {
    var store = spread(routes, place -> MemoryStore.open(settings, clock, place));
    return new Queues(store, settings, new Tickets(settings, treatment, routes, clock, () -> {}));
  }

  static Queues onServer(
      Whereabouts server, Settings settings, Treatment treatment, Routes routes) {
    var store =
        spread(
            routes,
            place -> ValkeyStore.open(server.slot(routes.slot(place.index())), settings, place));
    var charter = new Charter(server, routes, settings.patience());
    try {
      charter.confirm();
      var clock = InstantSource.system();
      var tickets = new Tickets(settings, treatment, routes, clock, charter::renew);
      return new Queues(store, settings, tickets);
    } catch (QueueException e) {
      store.close();
      throw e;
    }
  }

  private static Store spread(Routes routes, Function<Place, Partition> open) {
    if (routes.partitions() == 1) {
      return open.apply(new Place(routes, 0));
    }
    var partitions = new ArrayList<Partition>();
    try {
      for (int i = 0; i < routes.partitions(); i++) {
        partitions.add(open.apply(new Place(routes, i)));
      }
    } catch (QueueException e) {
      partitions.forEach(Partition::close);
      throw e;
    }
    return new PartitionedStore(routes, partitions);
  }
}
