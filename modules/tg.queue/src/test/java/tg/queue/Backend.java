package tg.queue;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/// What a namespace of queues can be kept in.
sealed interface Backend {
  /// Opens another application's view of the namespace.
  default Queues open(String namespace) {
    return open(new Routes(namespace, partitions()));
  }

  /// Opens one in which all goes into one partition.
  default Queues openWithinPartition(String namespace) {
    return open(
        new Routes(namespace, partitions()) {
          @Override
          int of(String name) {
            return partitions() - 1;
          }
        });
  }

  Queues open(Routes routes);

  /// {@return over how many partitions namespaces are spread here}
  int partitions();

  /// {@return the keys that the namespace has on the server}
  List<String> keys(String namespace);

  /// {@return those keys of the namespace that would stay for ever}
  List<String> endlessKeys(String namespace);

  /// A server.
  ///
  /// @param name as it is shown
  /// @param uri where it listens
  /// @param partitions over how many partitions namespaces are spread
  record Server(String name, URI uri, int partitions) implements Backend {
    /// One that is not spread.
    Server(String name, URI uri) {
      this(name, uri, 1);
    }

    @Override
    public Queues open(Routes routes) {
      var like = Settings.DEFAULT;
      var settings =
          new Settings(
              routes.namespace(),
              like.patience(),
              like.keepFinished(),
              like.keepFailed(),
              like.maxPayload(),
              like.durability());
      return Opening.onServer(ServerUri.read(uri), settings, Treatment.NONE, routes);
    }

    @Override
    public List<String> keys(String namespace) {
      try (var wire = new Wire(uri)) {
        return wire.keys("*" + namespace + "*");
      }
    }

    @Override
    public List<String> endlessKeys(String namespace) {
      try (var wire = new Wire(uri)) {
        return wire.keys("*" + namespace + "*").stream()
            .filter(key -> Long.valueOf(-1).equals(wire.call("PTTL", key)))
            .toList();
      }
    }

    @Override
    public String toString() {
      return partitions == 1 ? name : name + " in " + partitions + " partitions";
    }
  }

  /// This JVM's memory.
  ///
  /// @param partitions over how many partitions namespaces are spread
  record Memory(int partitions) implements Backend {
    @Override
    public Queues open(Routes routes) {
      return Opening.inMemory(Settings.DEFAULT, Treatment.NONE, InstantSource.system(), routes);
    }

    @Override
    public List<String> keys(String namespace) {
      return List.of();
    }

    @Override
    public List<String> endlessKeys(String namespace) {
      return List.of();
    }

    @Override
    public String toString() {
      return partitions == 1 ? "memory" : "memory in " + partitions + " partitions";
    }
  }
}
